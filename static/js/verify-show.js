// What the steps say, put on the page. All text goes in as text: a record is somebody else's file.
const STATES = { passed: "相符", failed: "不相符", open: "没有核对", none: "不需要", now: "正在核对…" };

export function showing(area) {
  const items = new Map([...area.querySelectorAll("[data-step]")].map((item) => [item.dataset.step, item]));
  const verdict = area.querySelector("[data-verdict]");
  const found = { read: null, steps: [] };

  function start() {
    items.forEach(clear);
    say(verdict, { state: "", title: "正在核验…", lines: ["在本机读取文件并逐步重算，大的抽取需要几秒钟。"] });
    verdict.hidden = false;
    mark(items.get("seal"), "now");
  }

  function step(message) {
    if (message.step === "read") return read(message);
    found.steps.push(message);
    fill(items.get(message.step), message);
    const next = [...items.keys()][[...items.keys()].indexOf(message.step) + 1];
    if (next && message.ok !== false) mark(items.get(next), "now");
  }

  function read(message) {
    found.read = message;
    if (message.ok) say(verdict, { state: "", title: `正在核验 ${message.number}…`, lines: [message.words] });
  }

  function progress({ progress: step, done }) {
    const item = items.get(step);
    if (!item) return;
    const bar = item.querySelector("[data-progress]");
    bar.hidden = false;
    bar.value = done;
  }

  function finish() {
    say(verdict, outcome(found));
  }

  function broken(words) {
    items.forEach(clear);
    say(verdict, { state: "failed", title: "没有核验成", lines: [words] });
  }

  return { start, step, progress, finish, broken };
}

// The verdict in one sentence, and what it is worth.
function outcome({ read, steps }) {
  if (read && !read.ok) return { state: "failed", title: "这份文件读不成", lines: [read.words], path: read.place.path };
  const wrong = steps.find((one) => one.ok === false);
  if (wrong) return { state: "failed", title: "核验没有通过", lines: [wrong.words, "请到台账重新下载一份再核对；仍不相符的，请向本机关反映。"], path: wrong.place.path };
  if (read.kinds.includes("record")) return { state: "passed", title: "核验通过", lines: [`${read.number}：从封存的名单到最后一次变更，每一步都与重算的结果相同。结果确是按规则算出。`] };
  if (read.kinds.includes("envelopes")) return { state: "open", title: "已公开的部分相符", lines: [`${read.number}：封存记录和信封相符，结果在抽取时就已固定。`, "是不是按规则算出，要等完整记录公开后才能核验。"] };
  return { state: "open", title: "封存记录合乎规则", lines: [`${read.number}：名单和规则已经固定，请把算出的指纹与台账上公布的对照。还没有可核验的结果。`] };
}

function say(verdict, { state, title, lines, path }) {
  verdict.className = `verify-verdict${state ? ` is-${state}` : ""}`;
  verdict.replaceChildren(element("h2", title), ...lines.map((line) => element("p", line)));
  if (path) verdict.append(element("p", `位置：${path}`, "small mono"));
}

function mark(item, state) {
  item.className = state ? `is-${state}` : "";
  item.querySelector("[data-state]").textContent = STATES[state] ?? "";
}

function clear(item) {
  mark(item, "");
  item.querySelector("[data-found]").hidden = true;
  item.querySelector("[data-progress]").hidden = true;
  item.querySelector("[data-counts]").hidden = true;
  item.querySelector("[data-compared]").replaceChildren();
}

function stateOf({ ok, needed }) {
  if (ok === null) return needed === false ? "none" : "open";
  return ok ? "passed" : "failed";
}

function fill(item, message) {
  const { words, compared, counts, place } = message;
  mark(item, stateOf(message));
  item.querySelector("[data-progress]").hidden = true;
  const line = item.querySelector("[data-found]");
  line.hidden = false;
  line.replaceChildren(words);
  if (place?.path) line.append(element("span", place.path, "verify-path small mono"));
  item.querySelector("[data-compared]").replaceChildren(...compared.map(pair));
  const list = item.querySelector("[data-counts]");
  list.hidden = !counts.length;
  list.replaceChildren(...counts.flatMap(([label, value]) => [element("dt", label), element("dd", String(value))]));
}

function pair({ label, stated, computed }) {
  const box = element("div", "", "verify-pair");
  box.append(element("b", label));
  if (typeof stated === "string") box.append(numberLine("记录", stated, computed));
  box.append(numberLine("重算", computed, stated ?? computed));
  return box;
}

// In groups of four; a group that differs from the other number is marked.
function numberLine(label, digits, other) {
  const line = element("div", "", "verify-line");
  const code = element("code", "");
  for (let at = 0; at < digits.length; at += 4) {
    const group = digits.slice(at, at + 4);
    code.append(element("span", group, group === other.slice(at, at + 4) ? "" : "is-other"));
  }
  line.append(element("span", label), code);
  return line;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
