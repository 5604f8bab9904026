// Somebody was logged out while they wrote. Once they have logged in on another page, what they
// wrote is sent by one press: logging in made the token of this page stale, so it gets a new one.
(() => {
  "use strict";

  const form = document.querySelector("[data-resend]");
  const said = document.querySelector("[data-logged-in]");
  if (!form) return;

  const token = async () => {
    const answer = await fetch(form.dataset.resend, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const field = page.querySelector("[name=csrfmiddlewaretoken]");
    if (!field) return;
    form.elements.csrfmiddlewaretoken.value = field.value;
    said.hidden = page.querySelector("[type=password]") !== null;
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) token().catch(() => {});
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await token().catch(() => {});
    form.submit();
  });
})();
