// The next comment is there at once: it is fetched while this one is read, and takes its place as
// soon as the decision is stored. Whatever else is answered, the form is sent again the plain way
// and the browser shows what comes of it: its version keeps one decision from being made twice.
(() => {
  "use strict";

  let ahead = null;

  const look = () => {
    const next = document.querySelector(".card--one") && document.querySelector("[data-ahead]");
    ahead = next && { path: next.pathname, page: read(next.href).catch(() => null) };
  };
  const read = async (address, options = {}) => {
    const answer = await fetch(address, { headers: { "X-Part": "ahead" }, ...options });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const send = async (form, button) => {
    try {
      const decided = await read(form.action, {
        method: "POST",
        body: new FormData(form, button),
        headers: { "X-Part": "decided" },
      });
      const way = decided.querySelector("[data-way-on]").href;
      const next = new URL(way).pathname === ahead?.path && (await ahead.page);
      if (next) arrive(next, decided, way);
      else location.assign(way);
    } catch {
      delete form.dataset.sent;
      form.dataset.plain = "";
      form.requestSubmit(button);
    }
  };

  const arrive = (next, decided, way) => {
    document.querySelector(".lanes").replaceWith(decided.querySelector(".lanes"));
    const main = next.querySelector("main");
    main.prepend(...decided.querySelectorAll(".toast"));
    document.querySelector("main").replaceWith(main);
    document.title = next.title;
    history.pushState(null, "", way);
    scrollTo(0, 0);
    document.dispatchEvent(new Event("desk:arrived"));
    look();
  };

  // The page behind is another comment now: what the browser kept of it is this one.
  addEventListener("popstate", () => location.reload());

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const isPlain = "plain" in form.dataset || !ahead || button?.hasAttribute("formaction");
    if (event.defaultPrevented || isPlain || !form.matches("[data-decide]")) return;
    event.preventDefault();
    send(form, button);
  });

  look();
})();
