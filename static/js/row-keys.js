// On a page with a list: j and k (and, once inside, the arrows) go from row to row, x ticks, Enter opens.
function rowsOf() { return [...document.querySelectorAll("main table[data-columns] tbody tr")].filter((row) => row.querySelector("a[href]")); }

function step(key, inside) {
  if (key === "j" || (inside && key === "ArrowDown")) return 1;
  if (key === "k" || (inside && key === "ArrowUp")) return -1;
  return 0;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
  const rows = rowsOf();
  const here = rows.indexOf(document.activeElement?.closest("tr"));
  if (event.key === "x" && here >= 0) return void rows[here].querySelector("input[type=checkbox]")?.click();
  const by = step(event.key, here >= 0);
  const next = by && rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
  if (!next) return;
  event.preventDefault();
  next.querySelector("a[href]").focus();
  next.scrollIntoView({ block: "nearest" });
});
