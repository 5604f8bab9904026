// Keys for the moderators' pages. Every one of them only presses a button or follows a link that
// stands on the page, so nothing is lost without this file. Off while typing, and with a modifier.
(() => {
  "use strict";

  const cards = [...document.querySelectorAll("[data-card]")];

  // After a decision the next comment is where one goes on; the line with Undo stays in sight.
  const decided = new URLSearchParams(location.search).has("decided");
  const trouble = document.querySelector("[data-focus]");
  if (trouble) trouble.focus();
  else if (decided) cards[0]?.focus({ preventScroll: true });

  const isTyping = (element) =>
    element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(checkbox|radio|submit|button)$/.test(element.type));

  // The card that has the focus; on a page with a single comment, that one.
  const current = () =>
    document.activeElement?.closest("[data-card]") ?? (cards.length === 1 ? cards[0] : null);

  const press = (root, decision) => root?.querySelector(`button[name=decision][value=${decision}]:not([hidden])`)?.click();

  const step = (by) => {
    const card = current();
    if (cards.length > 1 || !document.querySelector(".pager a[rel=next], .pager a[rel=prev]")) {
      const index = card ? cards.indexOf(card) + by : by > 0 ? 0 : cards.length - 1;
      if (cards[index]) {
        cards[index].focus();
        return;
      }
    }
    document.querySelector(`.pager a[rel=${by > 0 ? "next" : "prev"}]`)?.click();
  };

  const openReasons = (card) => {
    const details = card?.querySelector("details.remove");
    if (!details) return;
    details.open = true;
    details.querySelector("input:checked, input")?.focus();
  };

  // The letter stands below the button, so both are in view before it is sent.
  const openReply = (card) => {
    const details = card?.querySelector("details.case-reply");
    if (!details) return;
    details.open = true;
    details.scrollIntoView();
    (details.querySelector("button[value=answer]") ?? details.querySelector("summary")).focus({ preventScroll: true });
  };

  // While the reasons are open, a reason's key chooses it and removes.
  const chooseReason = (card, key) => {
    const details = card?.querySelector("details.remove[open]");
    const reason = details?.querySelector(`input[data-key="${CSS.escape(key)}"]`);
    if (!reason) return false;
    reason.checked = true;
    press(details, "remove");
    return true;
  };

  const closeAll = () => {
    for (const details of document.querySelectorAll(".bar details[open], [data-keys][open]")) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  };

  const showKeys = () => {
    const keys = document.querySelector("[data-keys]");
    if (!keys) return;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.key === "Escape") return closeAll();
    if (isTyping(event.target)) return;
    const card = current();
    if (chooseReason(card, event.key)) return event.preventDefault();
    const keys = {
      a: () => press(card, "approve"),
      x: () => press(card, "approve_redacted"),
      r: () => openReasons(card),
      c: () => openReply(card),
      z: () => press(document.querySelector("[data-undo]") ?? card, "undo"),
      j: () => step(1),
      k: () => step(-1),
      "?": showKeys,
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // A second press while the first is on its way would only meet a stale page.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-decide], [data-undo]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  });
})();
