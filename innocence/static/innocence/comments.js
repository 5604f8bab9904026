// Comfort for the comments; everything works without it.
"use strict";

// A form that came back with errors begins there, and who has just posted begins at what we say
// to that. Not before the browser has scrolled to the fragment of the address, which takes the
// focus away again.
addEventListener("load", () => {
  requestAnimationFrame(() => {
    const form = document.querySelector("#comment-form [data-focus]");
    const said = document.querySelector("[data-said]");
    form?.focus();
    if (!form) said?.focus({ preventScroll: true });
  });
});

// How much room is left, counted as the server counts: characters, not bytes. Spoken only near the end.
const count = document.getElementById("comment-count");
const text = count && document.getElementById(count.dataset.for);
if (text) {
  const limit = Number(count.dataset.limit);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const tell = () => {
    const left = limit - [...text.value.trim().normalize("NFC")].length;
    const words = left < 0 ? count.dataset.over : count.dataset.left;
    count.textContent = words.replace("%s", numbers.format(Math.abs(left)));
    count.classList.toggle("over", left < 0);
    count.setAttribute("aria-live", left <= 100 ? "polite" : "off");
    count.hidden = left === limit;
  };
  text.closest(".field").append(count);
  text.addEventListener("input", tell);
  tell();
}

// "See more": go to the first new comment and say how many there are.
document.addEventListener("htmx:afterSwap", (event) => {
  const added = event.target;
  if (!(added instanceof HTMLOListElement) || !added.dataset.more) return;
  document.getElementById("comments-status").textContent = added.dataset.more;
  added.firstElementChild.tabIndex = -1;
  added.firstElementChild.focus();
});

// A connection that fails halfway: the link itself still leads there.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (event.detail.elt instanceof HTMLAnchorElement) location.assign(event.detail.elt.href);
  });
}
