// data-chart="bar|line|stack|pie" on a <table>: a picture over the table, never instead of it.
// The first column names, every other column is a series unless its head carries data-not-drawn. data-chart-title is the spoken name.
// Bars over time stand; bars of names lie, so that every name is read.
// Jade, amber and vermilion mean passed, due and missed: only a column whose head says so (data-tone) has them.
const COLOURS = ["#1f3a5f", "#6a7f9c", "#a3b3c9", "#4a5568", "#8a94a3"];
const MOST_NAMES = 40;
const SHEET_PX = 640;
const TONES = { done: "#2e7d5b", due: "#b7791f", late: "#b3261e", void: "#8a94a3" };
const library = document.querySelector("[data-chart-library]")?.dataset.chartLibrary;

function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
}

const number = (cell) => Number((cell.dataset.value ?? cell.textContent).replace(/[^\d.-]/g, "")) || 0;

function read(table) {
  const drawn = [...table.tHead.rows[0].cells].slice(1).filter((cell) => cell.dataset.notDrawn === undefined);
  const rows = [...table.tBodies[0].rows];
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    series: drawn.map((cell) => ({
      name: cell.textContent.trim(),
      ...(TONES[cell.dataset.tone] && { itemStyle: { color: TONES[cell.dataset.tone] } }),
      data: rows.map((row) => number(row.cells[cell.cellIndex])),
    })),
  };
}

function pie({ labels, series }) {
  const data = labels.map((name, i) => ({ name, value: series[0].data[i] }));
  return { series: [{ type: "pie", radius: ["45%", "70%"], data, label: { formatter: "{b} {c}" } }] };
}

// Months, quarters, years; more names than a picture can hold stand as well.
const isTime = (label) => /^(\d+月|\d{4}[年-]|第.季度)/.test(label);
const lies = (kind, labels) => kind !== "line" && labels.length <= MOST_NAMES && !labels.every(isTime);

function axes(kind, { labels, series }) {
  const names = { type: "category", data: labels, axisTick: { show: false }, axisLine: { lineStyle: { color: "#8a94a3" } } };
  const figures = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#d9dce1" } } };
  const across = lies(kind, labels) && { xAxis: figures, yAxis: { ...names, inverse: true, axisLabel: { interval: 0, width: 150, overflow: "truncate" } } };
  return {
    grid: { left: 8, right: 16, top: series.length > 1 ? 40 : 16, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    ...(across || { xAxis: names, yAxis: figures }),
    legend: series.length > 1 ? { top: 0, left: 0, icon: "rect", itemWidth: 12, itemHeight: 12 } : undefined,
    series: series.map((each) => ({ ...each, type: kind === "line" ? "line" : "bar", stack: kind === "stack" ? "all" : undefined, barMaxWidth: across ? 14 : 28, symbolSize: 7 })),
  };
}

// Lying bars ask for a line each; the style sheet's height is for everything else.
function heightOf(table) {
  const { labels, series } = read(table);
  if (table.dataset.chart === "pie" || !lies(table.dataset.chart, labels)) return "";
  const lines = table.dataset.chart === "stack" ? 1 : series.length;
  return `${Math.max(128, 64 + labels.length * (12 + 12 * lines))}px`;
}

// Under the content policy nothing may write HTML: the tip is drawn text.
function option(table) {
  const kind = table.dataset.chart;
  const figures = read(table);
  const body = kind === "pie" ? pie(figures) : axes(kind, figures);
  return {
    color: COLOURS,
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: "#1b2430" },
    tooltip: { renderMode: "richText", trigger: kind === "pie" ? "item" : "axis" },
    ...body,
  };
}

function draw(echarts, table) {
  const picture = document.createElement("div");
  picture.className = "chart-picture";
  picture.style.height = heightOf(table);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", table.dataset.chartTitle || table.caption?.textContent.trim() || "图表");
  (table.closest("details") ?? table.closest(".wide") ?? table).before(picture);
  const chart = echarts.init(picture, null, { renderer: "svg" });
  chart.setOption(option(table));
  new ResizeObserver(() => chart.resize()).observe(picture);
  // A sheet of A4 is narrower than the screen, and nothing is laid out anew for it.
  addEventListener("beforeprint", () => { chart.resize({ width: SHEET_PX, animation: { duration: 0 } }); chart.getZr().flush(); });
  addEventListener("afterprint", () => chart.resize());
}

if (library) {
  const echarts = await load();
  document.querySelectorAll("table[data-chart]").forEach((table) => draw(echarts, table));
}
