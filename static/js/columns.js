// data-columns="name" on a table: the reader chooses the columns; the choice stays in this browser.
function cellsOf(table, index) { return [...table.rows].map((row) => row.cells[index]).filter(Boolean); }

function remembered(key) {
  try { return new Set(JSON.parse(localStorage.getItem(key) || "[]")); } catch { return new Set(); }
}

function choice(table, head, index, hidden, key) {
  const word = head.textContent.trim();
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.className = "form-check-input";
  const show = () => cellsOf(table, index).forEach((cell) => { cell.hidden = hidden.has(word); });
  box.checked = !hidden.has(word);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(word); else hidden.add(word);
    try { localStorage.setItem(key, JSON.stringify([...hidden])); } catch { /* a private window forgets */ }
    show();
  });
  show();
  label.append(box, ` ${word}`);
  return label;
}

document.querySelectorAll("table[data-columns]").forEach((table) => {
  const key = `columns:${table.dataset.columns}`;
  const hidden = remembered(key);
  const menu = document.createElement("details");
  menu.className = "drop column-choice";
  menu.dataset.drop = "";
  const summary = document.createElement("summary");
  summary.textContent = "显示的列";
  const sheet = document.createElement("div");
  sheet.className = "drop-sheet";
  // The first column names the row and always stays; a column without a word is for ticking.
  [...table.tHead.rows[0].cells].forEach((head, index) => {
    if (index > 0 && head.textContent.trim()) sheet.append(choice(table, head, index, hidden, key));
  });
  menu.append(summary, sheet);
  (table.closest(".table-wrap") || table).before(menu);
});
