// data-select-all on a checkbox: ticks every box of its table; [data-selected-count] says how many.
function boxes(table) { return [...table.querySelectorAll("tbody input[type=checkbox]")]; }

document.addEventListener("change", (event) => {
  const table = event.target.closest("table");
  const head = table?.querySelector("[data-select-all]");
  if (!head) return;
  if (event.target === head) boxes(table).forEach((box) => { box.checked = head.checked; });
  const chosen = boxes(table).filter((box) => box.checked).length;
  head.checked = chosen > 0 && chosen === boxes(table).length;
  head.indeterminate = chosen > 0 && !head.checked;
  document.querySelectorAll("[data-selected-count]").forEach((each) => { each.textContent = String(chosen); });
});
