// Keys for the moderators' pages. Every one of them only presses a button or follows a link that
// stands on the page, so nothing is lost without this file. Off while typing, and with a modifier.
(() => {
  "use strict";

  let cards = [];
  let current = null;

  // The keys are for one comment at a time: the first, until the focus goes to another one.
  const choose = (card) => {
    current?.removeAttribute("data-current");
    current = card;
    if (cards.length > 1) card.dataset.current = "";
  };

  // After a decision the next comment is where one goes on; the line with Undo stays in sight.
  const begin = () => {
    cards = [...document.querySelectorAll("[data-card]")];
    if (cards.length) choose(cards[0]);
    const decided = new URLSearchParams(location.search).has("decided");
    const trouble = document.querySelector("[data-focus]");
    if (trouble) trouble.focus();
    else if (decided) current?.focus({ preventScroll: true });
  };
  begin();

  // On a phone the queues stand in one row; the one that is open is to be seen.
  document.querySelector(".lanes [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  document.addEventListener("desk:arrived", begin);
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-card]");
    if (card) choose(card);
  });

  const isTyping = (element) =>
    element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(checkbox|radio|submit|button)$/.test(element.type));

  // No key decides on what is out of sight: it leads there first.
  const isInSight = (card) => {
    const { top, bottom } = card.getBoundingClientRect();
    return cards.length === 1 || (top < innerHeight && bottom > 0);
  };

  const lookAtCurrent = () => {
    current.focus();
    current.scrollIntoView();
  };

  const press = (root, decision) => root?.querySelector(`button[name=decision][value=${decision}]:not([hidden])`)?.click();

  const step = (by) => {
    const isUnder = current?.contains(document.activeElement);
    const there = cards.length > 1 && !isUnder && by > 0 ? current : cards[cards.indexOf(current) + by];
    if (there) there.focus();
    else document.querySelector(`.pager a[rel=${by > 0 ? "next" : "prev"}]`)?.click();
  };

  const openReasons = (card) => {
    const details = card.querySelector("details.remove");
    if (!details) return;
    details.open = true;
    const reasons = ["input:checked", "input[data-usual]", "input"].map((which) => details.querySelector(which));
    reasons.find(Boolean)?.focus();
  };

  // The letter stands below the button, so both are in view before it is sent.
  const openReply = (card) => {
    const details = card.querySelector("details.case-reply");
    if (!details) return;
    details.open = true;
    details.scrollIntoView();
    (details.querySelector("button[value=answer]") ?? details.querySelector("summary")).focus({ preventScroll: true });
  };

  // Whoever decides instead needs to know why, so the note comes first.
  const passOn = () => {
    const note = current.querySelector("textarea[name=note]");
    if (!note) return;
    if (note.value.trim()) press(current, "unsure");
    else note.focus();
  };

  // While the reasons are open, a reason's key chooses it and removes.
  const reasonOf = (key) => current?.querySelector(`details.remove[open] input[data-key="${CSS.escape(key)}"]`);
  const removeFor = (reason) => {
    reason.checked = true;
    press(current, "remove");
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

  const onCard = {
    __proto__: null,
    a: () => press(current, "approve"),
    x: () => press(current, "approve_redacted"),
    l: () => press(current, "leave"),
    r: () => openReasons(current),
    c: () => openReply(current),
    u: passOn,
  };
  const anywhere = {
    __proto__: null,
    z: () => press(document.querySelector("[data-undo]") ?? current, "undo"),
    j: () => step(1),
    k: () => step(-1),
    "?": showKeys,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.key === "Escape") {
      if (isTyping(event.target)) event.target.closest("[data-card]")?.focus({ preventScroll: true });
      return closeAll();
    }
    if (isTyping(event.target)) return;
    const reason = reasonOf(event.key);
    const decides = reason ? () => removeFor(reason) : current && onCard[event.key];
    const act = decides && !isInSight(current) ? lookAtCurrent : decides || anywhere[event.key];
    if (!act) return;
    event.preventDefault();
    act();
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
