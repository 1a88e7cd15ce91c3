// The projector. Before the draw the pool rolls; the last contribution commits the result on the
// server, then this page loads it and shows it line by line. Without this script it stands as a list.
const stage = document.querySelector("[data-screen]");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const ROLL_MS = 140;
const LINE_MS = 900;
const ASK_MS = 1000;
const SCROLL_MS = 40;
const SHOWN_KEY = "screen-waited";

function roll() {
  document.querySelectorAll("[data-rolling]").forEach((list) => {
    if (list.firstElementChild) list.append(list.firstElementChild);
  });
}

function showSources(sources) {
  const items = document.querySelectorAll("[data-sources] li");
  sources.forEach((one, position) => {
    const item = items[position];
    if (!item) return;
    item.className = one.has_come ? "is-here" : "is-away";
    item.textContent = `${one.name} ${one.has_come ? "已到" : "未到"}`;
  });
}

// A column that is longer than the wall is high moves up and starts again, once all is shown.
function drift() {
  const long = [...document.querySelectorAll(".screen-column")].filter((one) => one.scrollHeight > one.clientHeight + 4);
  if (!long.length || calm) return;
  setInterval(() => long.forEach((one) => {
    const end = one.scrollTop + one.clientHeight >= one.scrollHeight - 1;
    const rest = Number(one.dataset.rest || 100);
    one.dataset.rest = rest > 0 ? rest - 1 : 0;
    if (rest > 0) return;
    if (end) { one.scrollTop = 0; one.dataset.rest = 100; } else { one.scrollTop += 1; if (one.scrollTop + one.clientHeight >= one.scrollHeight - 1) one.dataset.rest = 100; }
  }), SCROLL_MS);
}

async function ask() {
  try {
    const answer = await fetch(stage.dataset.stateUrl, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { state, sources } = await answer.json();
      showSources(sources);
      if (state !== stage.dataset.state) return void location.reload();
    }
  } catch {
    // The network comes back or it does not; the committed result is safe on the server.
  }
  setTimeout(ask, ASK_MS);
}

function present() {
  const lines = [...document.querySelectorAll("[data-drawn]")];
  lines.forEach((line) => { line.className = "is-waiting"; });
  const step = (position) => {
    if (position > 0) lines[position - 1].className = "is-shown";
    if (position >= lines.length) return drift();
    lines[position].className = "is-now";
    lines[position].scrollIntoView({ block: "nearest" });
    setTimeout(() => step(position + 1), LINE_MS);
  };
  step(0);
}

if (stage) {
  if (stage.dataset.state === "sealed") {
    sessionStorage.setItem(SHOWN_KEY, location.pathname);
    if (!calm) setInterval(roll, ROLL_MS);
    ask();
  } else if (!calm && sessionStorage.getItem(SHOWN_KEY) === location.pathname) {
    sessionStorage.removeItem(SHOWN_KEY);
    present();
  } else {
    drift();
  }
}
