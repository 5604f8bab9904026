// Comfort for the comments; everything works without it.
"use strict";

// A form that came back with errors begins there. Not before the browser has scrolled to the
// fragment of the address, which takes the focus away again.
addEventListener("load", () => {
  requestAnimationFrame(() => document.querySelector("main form [data-focus]")?.focus());
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

// What would be said before the comment is stored, said while it is written: after a pause, by our
// own server, which keeps nothing. Whatever fails here, the server says it when the comment is sent.
const seen = document.getElementById("comment-seen");
if (seen && text) {
  const PAUSE = 1200;
  const form = seen.closest("form");
  let asked = "";
  let said = "";
  let timer = 0;
  let waiting = new AbortController();
  const look = async () => {
    const words = new FormData();
    for (const name of ["csrfmiddlewaretoken", "name", "body"]) words.set(name, form.elements[name].value);
    const question = [...words.values()].join("\n");
    if (question === asked) return;
    asked = question;
    waiting.abort();
    waiting = new AbortController();
    try {
      const answer = await fetch(seen.dataset.look, { method: "POST", body: words, signal: waiting.signal });
      if (!answer.ok) return;
      const html = answer.status === 204 ? "" : await answer.text();
      if (said !== html) seen.innerHTML = said = html;
    } catch { /* another question, or no connection */ }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}

// The text for a letter: to the clipboard, or else selected for the reader to copy; and to the printer.
for (const tools of document.querySelectorAll("[data-needs-script]")) tools.hidden = false;
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copy);
    getSelection().selectAllChildren(words);
    try {
      await navigator.clipboard.writeText(words.innerText);
      document.querySelector("[data-copy-status]").textContent = button.dataset.copied;
    } catch { /* it is selected: the usual keys copy it */ }
  });
}
document.querySelector("[data-print]")?.addEventListener("click", () => print());

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
