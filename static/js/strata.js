// The strata table: shares and totals follow what is typed. The server counts again anyway.
const table = document.querySelector("[data-strata]");

function line(row) {
  const pool = Number(row.dataset.pool);
  const take = Number(row.querySelector("input").value) || 0;
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
  count();
}
