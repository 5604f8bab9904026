// The address of an article: one press selects it, and a button copies it.
const field = document.querySelector("[data-address]");
const button = document.querySelector("[data-copy]");
const status = document.querySelector("[data-copied]");
if (field) {
  field.addEventListener("focus", () => field.select());
}
if (field && button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    status.textContent = status.dataset.copied;
  });
}
