// data-chart="bar|line|stack|pie" on a <table>: a picture over the table, never instead of it.
// The first column names, every other column is a series unless its head carries data-not-drawn. data-chart-title is the spoken name.
const COLOURS = ["#1f3a5f", "#2e7d5b", "#b7791f", "#b3261e", "#6a7f9c", "#8fb9a4"];
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
      data: rows.map((row) => number(row.cells[cell.cellIndex])),
    })),
  };
}

function pie({ labels, series }) {
  const data = labels.map((name, i) => ({ name, value: series[0].data[i] }));
  return { series: [{ type: "pie", radius: ["45%", "70%"], data, label: { formatter: "{b} {c}" } }] };
}

function axes(kind, { labels, series }) {
  const type = kind === "line" ? "line" : "bar";
  return {
    grid: { left: 8, right: 16, top: series.length > 1 ? 40 : 16, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: { type: "category", data: labels, axisTick: { show: false }, axisLine: { lineStyle: { color: "#8a94a3" } } },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#d9dce1" } } },
    legend: series.length > 1 ? { top: 0, left: 0, icon: "rect", itemWidth: 12, itemHeight: 12 } : undefined,
    series: series.map((each) => ({ ...each, type, stack: kind === "stack" ? "all" : undefined, barMaxWidth: 28, symbolSize: 7 })),
  };
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
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", table.dataset.chartTitle || table.caption?.textContent.trim() || "图表");
  table.before(picture);
  const chart = echarts.init(picture, null, { renderer: "svg" });
  chart.setOption(option(table));
  new ResizeObserver(() => chart.resize()).observe(picture);
}

if (library) {
  const echarts = await load();
  document.querySelectorAll("table[data-chart]").forEach((table) => draw(echarts, table));
}
