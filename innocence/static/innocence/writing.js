// The editor takes the place of the text field: it gets the field's label and errors, and links
// to the field lead to it. Nothing that was written is lost by leaving the page.
const form = document.querySelector("[data-writing]");
const summary = document.querySelector("[data-focus]");
let changed = Boolean(summary);

function nameEditor(editor) {
  const field = document.getElementById("id_body");
  const label = document.querySelector('label[for="id_body"]');
  label.id = "id_body_label";
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

if (form) {
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  const waiting = new MutationObserver(() => {
    const editor = form.querySelector(".ProseMirror[contenteditable]");
    if (!editor) return;
    waiting.disconnect();
    nameEditor(editor);
  });
  waiting.observe(form, { childList: true, subtree: true });
}
summary?.focus();
