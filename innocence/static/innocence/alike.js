// The buttons name how many comments they decide on, as boxes are ticked and unticked. Without this
// file they go on naming what was ticked when the page was made, and the page says so.
(() => {
  "use strict";

  const count = (form) => {
    const ticked = [...form.querySelectorAll("input[name=alike]:checked")];
    const out = ticked.filter((box) => "goesOut" in box.dataset);
    for (const label of form.querySelectorAll("[data-together]")) {
      const number = 1 + (label.dataset.together === "out" ? out : ticked).length;
      label.querySelector("[data-number]").textContent = number;
      label.hidden = number === 1;
      label.previousElementSibling.hidden = number > 1;
    }
    form.querySelector("[data-out]").hidden = !out.length;
    form.querySelector("[data-not-out]").hidden = out.length || !ticked.length;
    for (const name of form.querySelectorAll("[data-of]")) {
      name.hidden = !out.some((box) => box.value === name.dataset.of);
    }
  };

  document.addEventListener("change", ({ target }) => {
    if (target.name === "alike") count(target.form);
  });
  // A browser that goes back may have kept the boxes as they were.
  addEventListener("pageshow", () => {
    for (const alike of document.querySelectorAll("[data-alike]")) count(alike.closest("form"));
  });
})();
