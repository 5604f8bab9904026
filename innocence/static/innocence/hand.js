// The moderator's hand: marks in the text that can be clicked, dragged, moved with keys and added.
// All it does is tick, untick and refill the boxes of the form below the text, which is what is
// sent; the server has the last word, and makes the preview. Offsets here are those of JavaScript.
(() => {
  "use strict";

  const blank = document.querySelector("template[data-line]");
  if (!blank) return;
  const words = blank.dataset;
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const enhance = (card) => {
    const root = card.querySelector("[data-text]");
    const form = card.querySelector("[data-decide]");
    const list = form.querySelector("[data-cuts]");
    const panel = form.querySelector("[data-add-cut]");
    if (!root || !list) return;
    const said = card.querySelector("[data-said]");
    const help = card.querySelector("[data-hand-help]");
    const typed = panel.querySelector("input");
    const kind = panel.querySelector("select");

    // The text, and the marks of what cannot be cut.
    const others = [];
    let text = "";
    const read = (node, mark) => {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.matches(".mark__label")) mark?.labels.push(node.textContent);
      else if (node.matches("mark:not(.mark--personal_information)")) {
        const other = { start: text.length, className: node.className, title: node.title, labels: [] };
        node.childNodes.forEach((child) => read(child, other));
        others.push({ ...other, end: text.length });
      } else node.childNodes.forEach((child) => read(child, mark));
    };
    root.childNodes.forEach((child) => read(child));

    // Where one character that a reader sees ends and the next begins.
    const borders = [0];
    const characters = "Segmenter" in Intl
      ? [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].map((part) => part.segment)
      : [...text];
    for (const character of characters) borders.push(borders.at(-1) + character.length);
    const nearest = (at) => borders.reduce((best, border) => (Math.abs(border - at) < Math.abs(best - at) ? border : best));
    const neighbour = (at, by) => (by > 0 ? borders.find((border) => border > at) : borders.findLast((border) => border < at)) ?? at;

    // Python counts code points, JavaScript halves of surrogate pairs.
    const points = [...text];
    const toUnits = (count) => points.slice(0, count).join("").length;
    const toPoints = (at) => [...text.slice(0, at)].length;

    const cuts = [];
    const take = (input) => {
      const [field, start, end, type] = input.dataset.place.split(":");
      if (field !== "body") return null;
      const cut = { input, type, start: toUnits(+start), end: toUnits(+end) };
      cuts.push(cut);
      input.addEventListener("change", () => changed(cut));
      return cut;
    };

    let starts = new Map();
    const markOf = (cut, node, at) => {
      const mark = make("mark", { className: "mark mark--personal_information hand" });
      const isFirst = !cut.mark;
      mark.classList.toggle("hand--kept", !cut.input.checked);
      if (isFirst) {
        cut.mark = mark;
        mark.tabIndex = 0;
        mark.setAttribute("role", "button");
        mark.setAttribute("aria-pressed", cut.input.checked);
        mark.append(make("span", { className: "grip" }));
        mark.firstChild.dataset.edge = "start";
      }
      mark.append(node);
      if (at + node.length === cut.end) {
        const grip = make("span", { className: "grip" });
        grip.dataset.edge = "end";
        mark.append(grip);
        // While its end is dragged nothing stands between the edge and the words behind it.
        const isDragged = dragged?.moved && dragged.cut === cut && dragged.edge === "end";
        if (!isDragged) mark.append(make("small", { className: "mark__label", textContent: cut.input.dataset.label }));
      }
      mark.cut = cut;
      return mark;
    };

    const render = () => {
      const focused = cuts.find((cut) => cut.mark && cut.mark === document.activeElement);
      starts = new Map();
      for (const cut of cuts) cut.mark = null;
      const spans = [...cuts, ...others];
      const edges = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
      const paragraphs = [make("p")];
      edges.slice(1).forEach((end, index) => {
        let at = edges[index];
        const covers = (span) => span.start <= at && end <= span.end;
        const cut = cuts.filter(covers).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
        const other = others.find(covers);
        for (const piece of text.slice(at, end).split(/(\n+)/)) {
          if (piece[0] === "\n") {
            if (piece.length > 1) paragraphs.push(make("p"));
            else paragraphs.at(-1).append(make("br"));
          } else if (piece) {
            const node = new Text(piece);
            starts.set(node, at);
            let shown = node;
            if (cut) shown = markOf(cut, node, at);
            else if (other) {
              shown = make("mark", { className: other.className, title: other.title }, node);
              if (end === other.end) for (const label of other.labels) shown.append(make("small", { className: "mark__label", textContent: label }));
            }
            paragraphs.at(-1).append(shown);
          }
          at += piece.length;
        }
      });
      root.replaceChildren(...paragraphs);
      focused?.mark?.focus();
    };

    const offsetOf = (node, at) => {
      if (starts.has(node)) return starts.get(node) + at;
      const until = document.createRange();
      until.selectNodeContents(root);
      until.setEnd(node, at);
      let offset = 0;
      for (const [piece, start] of starts) if (until.comparePoint(piece, 0) <= 0) offset = start + piece.length;
      return offset;
    };

    let asked = 0;
    const preview = () => {
      const shown = form.querySelector("[data-preview]");
      if (!shown) return;
      clearTimeout(asked);
      asked = setTimeout(async () => {
        const data = new FormData(form);
        data.delete("cut_words");
        const mine = asked;
        const answer = await fetch(panel.querySelector("button").formAction, { method: "POST", body: data }).catch(() => null);
        if (!answer || mine !== asked) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-preview]");
        if (fresh && mine === asked) shown.replaceChildren(...fresh.childNodes);
      }, 300);
    };

    const changed = (cut) => {
      render();
      preview();
      said.textContent = `${cut.input.dataset.label}: ${cut.input.checked ? words.cut : words.kept}`;
    };

    const toggle = (cut) => {
      cut.input.checked = !cut.input.checked;
      changed(cut);
    };

    // A finding with other edges is a cut by hand from now on; its line stays where it was.
    const move = (cut, edge, to) => {
      const rest = cuts.filter((one) => one !== cut);
      const at = edge === "end"
        ? Math.min(nearest(to), ...rest.filter((one) => one.start >= cut.end).map((one) => one.start))
        : Math.max(nearest(to), ...rest.filter((one) => one.end <= cut.start).map((one) => one.end));
      if (at === cut[edge] || (edge === "end" ? at <= cut.start : at >= cut.end)) return;
      cut[edge] = at;
      cut.input.checked = true;
      cut.input.name = "spans";
      cut.input.value = `body:${toPoints(cut.start)}:${toPoints(cut.end)}:${cut.type}`;
      const shown = text.slice(cut.start, cut.end);
      cut.input.closest("label").querySelector("q").textContent = shown;
      changed(cut);
      said.textContent = `${cut.input.dataset.label}: ${shown}`;
    };

    const add = (start, end) => {
      if (cuts.some((cut) => cut.start < end && start < cut.end)) {
        said.textContent = words.overlaps;
        panel.querySelector("[data-trouble]")?.remove();
        typed.before(make("p", { className: "error", textContent: words.overlaps }));
        typed.previousSibling.dataset.trouble = "";
        return;
      }
      const line = blank.content.firstElementChild.cloneNode(true);
      const input = line.querySelector("input");
      const label = kind.selectedOptions[0].textContent;
      input.value = input.dataset.place = `body:${toPoints(start)}:${toPoints(end)}:${kind.value}`;
      input.dataset.label = line.querySelector("[data-tag]").textContent = label;
      line.querySelector("q").textContent = text.slice(start, end);
      list.append(line);
      list.hidden = false;
      form.querySelector("[value=approve_redacted]").hidden = false;
      if (!list.querySelector("[name=cuts_given]")) list.append(make("input", { type: "hidden", name: "cuts_given", value: "1" }));
      unpick();
      panel.open = false;
      const cut = take(input);
      changed(cut);
      cut.mark.focus();
    };

    // Words that are chosen stand in the field until they are cut or something else is.
    let picked = null;
    const pick = (start, end) => {
      while (start < end && /\s/.test(text[start])) start += 1;
      while (start < end && /\s/.test(text[end - 1])) end -= 1;
      if (start === end) return;
      picked = { start: nearest(start), end: nearest(end) };
      panel.open = true;
      panel.querySelector("[data-trouble]")?.remove();
      typed.value = text.slice(picked.start, picked.end);
      picked.value = typed.value;
      said.textContent = `${words.chosen} ${picked.value}`;
    };
    const unpick = () => {
      if (picked && typed.value === picked.value) typed.value = "";
      picked = null;
      getSelection().removeAllRanges();
    };

    let settling = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(settling);
      settling = setTimeout(() => {
        const selection = getSelection();
        if (selection.isCollapsed || dragged || !root.contains(selection.anchorNode) || !root.contains(selection.focusNode)) return;
        const ends = [offsetOf(selection.anchorNode, selection.anchorOffset), offsetOf(selection.focusNode, selection.focusOffset)];
        pick(Math.min(...ends), Math.max(...ends));
      }, 200);
    });
    panel.querySelector("button").addEventListener("click", (event) => {
      if (!picked || typed.value !== picked.value) return;
      event.preventDefault();
      add(picked.start, picked.end);
    });

    // The pointer: a click on a mark, a drag of its edge.
    let dragged = null;
    const caret = ({ clientX, clientY }) => {
      const place = document.caretPositionFromPoint?.(clientX, clientY);
      if (place) return root.contains(place.offsetNode) ? offsetOf(place.offsetNode, place.offset) : null;
      const range = document.caretRangeFromPoint?.(clientX, clientY);
      return range && root.contains(range.startContainer) ? offsetOf(range.startContainer, range.startOffset) : null;
    };
    root.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest(".grip");
      if (!grip) return;
      event.preventDefault();
      root.setPointerCapture(event.pointerId);
      dragged = { cut: grip.closest("mark").cut, edge: grip.dataset.edge, from: event.clientX };
    });
    root.addEventListener("mousedown", (event) => { if (event.target.closest(".grip")) event.preventDefault(); });
    root.addEventListener("pointermove", (event) => {
      if (!dragged || (!dragged.moved && Math.abs(event.clientX - dragged.from) < 4)) return;
      if (!dragged.moved) {
        dragged.moved = true;
        render();
      }
      const at = caret(event);
      if (at !== null) move(dragged.cut, dragged.edge, at);
    });
    const drop = () => {
      const moved = dragged?.moved;
      dragged = null;
      if (moved) render();
    };
    root.addEventListener("pointerup", () => {
      if (dragged && !dragged.moved) toggle(dragged.cut);
      drop();
    });
    root.addEventListener("pointercancel", drop);
    root.addEventListener("click", (event) => {
      const mark = event.target.closest("mark.hand");
      if (mark && !event.target.closest(".grip") && getSelection().isCollapsed) toggle(mark.cut);
    });

    // The keyboard: a mark's own keys, and words chosen one by one.
    const moves = {
      ArrowRight: ["end", 1], ArrowLeft: ["end", -1], ArrowUp: ["start", -1], ArrowDown: ["start", 1],
      "]": ["end", 1], "}": ["end", -1], "[": ["start", -1], "{": ["start", 1],
    };
    const onMark = (cut, event) => {
      if (event.key === " " || event.key === "Enter") toggle(cut);
      else if (moves[event.key] && (event.shiftKey || !event.key.startsWith("Arrow"))) {
        const [edge, by] = moves[event.key];
        move(cut, edge, neighbour(cut[edge], by));
      } else return false;
      return true;
    };
    const tokens = [...text.matchAll(/[^\s("“‘'¿¡[]\S*?(?=[.,;:!?)"”’'\]…]*(?:\s|$))/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
    let first = -1;
    let last = -1;
    const onText = (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by && tokens.length) {
        if (event.shiftKey && first >= 0) last = Math.min(Math.max(last + by, first), tokens.length - 1);
        else first = last = Math.min(Math.max((by > 0 ? last : first) + by, 0), tokens.length - 1);
        select(tokens[first].start, tokens[last].end);
      } else if (event.key === "Enter" && picked) kind.focus();
      else return false;
      return true;
    };
    const select = (start, end) => {
      const place = (at, isEnd) => {
        for (const [node, begin] of starts) if (isEnd ? begin < at && at <= begin + node.length : begin <= at && at < begin + node.length) return [node, at - begin];
        return [root, 0];
      };
      getSelection().setBaseAndExtent(...place(start, false), ...place(end, true));
    };
    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const mark = event.target.closest("mark.hand");
      if (mark ? onMark(mark.cut, event) : event.target === root && onText(event)) event.preventDefault();
    });

    root.tabIndex = 0;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", words.textLabel);
    root.setAttribute("aria-describedby", help.id);
    help.hidden = false;
    list.querySelectorAll("input[data-place]").forEach(take);
    render();
    window.addEventListener("pageshow", (event) => { if (event.persisted) { render(); preview(); } });
  };

  const enhanceAll = () => document.querySelectorAll("[data-card]").forEach(enhance);
  enhanceAll();
  document.addEventListener("desk:arrived", enhanceAll);
})();
