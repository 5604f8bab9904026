// The editor takes the place of the text field: it gets the field's label and errors, and links
// to the field lead to it. Nothing that was written is lost by leaving the page.
const form = document.querySelector("[data-writing]");
const summary = document.querySelector("[data-focus]");
let changed = Boolean(summary);

function nameEditor(editor) {
  const field = document.getElementById("id_body");
  const label = document.querySelector('label[for="id_body"]');
  label.id = "id_body_label";
  editor.id = "id_body_editor";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  editor.setAttribute("aria-labelledby", label.id);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) editor.setAttribute(name, field.getAttribute(name));
  }
  for (const link of document.querySelectorAll('[href="#id_body"], label[for="id_body"]')) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      editor.focus();
    });
  }
}

// The editor speaks English and says with colours alone what is pressed and what cannot be.
const PRESSED = new Set(["bold", "italic", "blockquote", "orderedList"]);
const template = document.getElementById("editor-words");
const words = new Map([...template?.content.children ?? []].map((item) => [item.dataset.of, item.textContent]));

function nameMenu(menu) {
  menu.setAttribute("role", "toolbar");
  menu.setAttribute("aria-label", template.dataset.toolbar);
  menu.setAttribute("aria-controls", "id_body_editor");
  const buttons = () => [...menu.querySelectorAll("button:not(.hidden, .prose-menubar__option)")];
  const tell = () => {
    for (const button of menu.querySelectorAll(".prose-menubar__button")) {
      const word = words.get(button.title);
      if (word) {
        button.title = word;
        button.setAttribute("aria-label", word);
      }
      if (button.closest(".prose-menubar__selected")) {
        button.setAttribute("aria-haspopup", "true");
      } else {
        button.setAttribute("aria-disabled", button.classList.contains("disabled"));
      }
      if (PRESSED.has(button.dataset.name) && !button.closest(".prose-menubar__selected")) {
        button.setAttribute("aria-pressed", button.classList.contains("active"));
      }
    }
    translate(menu.querySelectorAll(".prose-menubar__option > *"));
  };
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const here = buttons().indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    buttons().at((here + step) % buttons().length).focus();
  });
  const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] };
  new MutationObserver(tell).observe(menu, changes);
  tell();
}

function translate(elements) {
  for (const element of elements) {
    const word = words.get(element.textContent);
    if (word && word !== element.textContent) element.textContent = word;
  }
}

function nameDialogs(editor) {
  new MutationObserver(() => {
    const dialog = editor.parentElement.querySelector("dialog.prose-editor-dialog");
    if (!dialog) return;
    const title = dialog.querySelector("h3");
    title.id = "editor-dialog-title";
    dialog.setAttribute("aria-labelledby", title.id);
    translate(dialog.querySelectorAll("h3, label, button"));
  }).observe(editor.parentElement, { childList: true });
}

if (form) {
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  const waiting = new MutationObserver(() => {
    const editor = form.querySelector(".ProseMirror[contenteditable]");
    if (!editor) return;
    const menu = editor.parentElement.querySelector(".prose-menubar");
    if (!menu) return;
    waiting.disconnect();
    nameEditor(editor);
    nameMenu(menu);
    nameDialogs(editor);
  });
  waiting.observe(form, { childList: true, subtree: true });
}
summary?.focus();
