// The strata table: shares and totals follow what is typed. The server counts again anyway.
const table = document.querySelector("[data-strata]");
const dropsSmall = document.querySelector("[name=drops_small_strata]");

function taken(pool, number, unit) {
  if (unit !== "share") return number;
  if (dropsSmall?.checked && pool * number < 100) return 0;
  return Math.ceil((pool * number) / 100);
}

function line(row) {
  const pool = Number(row.dataset.pool);
  const number = Number(row.querySelector("input").value) || 0;
  const take = taken(pool, number, row.querySelector("select").value);
  row.querySelector("[data-share]").textContent = pool ? `${Math.round((100 * take) / pool)}%` : "—";
  row.classList.toggle("is-over-pool", take > pool);
  return { pool, take };
}

function count() {
  const lines = [...table.querySelectorAll("tbody tr")].map(line);
  table.querySelector("[data-pool-total]").textContent = lines.reduce((sum, one) => sum + one.pool, 0);
  table.querySelector("[data-take-total]").textContent = lines.reduce((sum, one) => sum + one.take, 0);
}

if (table) {
  table.addEventListener("input", count);
  dropsSmall?.addEventListener("change", count);
  count();
}
