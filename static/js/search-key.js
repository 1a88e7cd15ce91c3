// data-search-key="/" on an input: the key brings the cursor there from anywhere but another field.
// On a list the key goes to the list's own search, and its badge stands there.
const listSearch = () => document.querySelector('main form.filters input[name="q"]');

document.addEventListener("DOMContentLoaded", () => {
  const badge = document.querySelector("[data-search-key] + kbd");
  const label = listSearch()?.closest(".filter")?.querySelector("label");
  if (badge && label) label.append(" ", badge);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const own = event.key === "/" ? listSearch() : null;
  const field = own || document.querySelector(`[data-search-key="${CSS.escape(event.key)}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
