// The letter of a case reply follows what is chosen. Without this file a button shows it.
(() => {
  "use strict";

  const show = async (panel) => {
    const letter = panel.querySelector("[data-letter]");
    letter.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(panel.dataset.reply, {
        method: "POST",
        body: new FormData(panel.closest("form")),
        headers: { "X-Part": "letter" },
      });
      if (!answer.ok) throw new Error(answer.statusText);
      letter.innerHTML = await answer.text();
    } catch {
      panel.querySelector("[data-show]").hidden = false;
    } finally {
      letter.removeAttribute("aria-busy");
    }
  };

  const enhanceAll = () => {
    for (const button of document.querySelectorAll("[data-reply] [data-show]")) button.hidden = true;
  };
  enhanceAll();
  document.addEventListener("desk:arrived", enhanceAll);
  document.addEventListener("change", (event) => {
    const panel = event.target.closest("[data-reply]");
    if (panel && event.target.matches("select")) show(panel);
  });
})();
