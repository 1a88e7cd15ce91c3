// data-auto on a GET form: choosing from a list filters at once; typed text waits for Enter.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
});

// Back on the page: everything may be filled again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-auto] :disabled").forEach((field) => { field.disabled = false; });
});

// Empty fields stay out of the address.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-auto]")) return;
  event.target.querySelectorAll("input, select").forEach((field) => { if (field.name && !field.value) field.disabled = true; });
});
