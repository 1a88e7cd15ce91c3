// The page “自己核验一次抽取”: files from the ledger or from the reader's disk, worked through beside the page.
import { showing } from "./verify-show.js";

const area = document.querySelector("[data-verify]");
const PAUSE = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
let current = 0; // Counts the runs: what an older run still has to say is not shown.
let worker = null;

// Messages of one run, in order: from a worker, or from this thread where there is none.
async function* messages(files, expected) {
  const queue = [];
  let wake = () => {};
  const put = (message) => {
    queue.push(message);
    wake();
  };
  start({ files, expected }, put);
  for (;;) {
    while (queue.length) yield queue.shift();
    await new Promise((done) => (wake = done));
  }
}

function start(work, put) {
  let heard = false;
  try {
    worker = new Worker(area.dataset.worker, { type: "module" });
  } catch {
    worker = null;
    return void workHere(work, put);
  }
  worker.addEventListener("message", ({ data }) => {
    heard = true;
    put(data);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    if (heard) put({ broken: event.message || "后台计算中断" });
    else workHere(work, put);
    heard = true;
  });
  worker.postMessage(work);
}

async function workHere({ files, expected }, put) {
  try {
    const { verifyFiles } = await import("./draw/files.js");
    for (const message of verifyFiles(files, expected)) {
      put(message);
      await wait(0);
    }
    put({ finished: true });
  } catch (error) {
    put({ broken: String(error?.message ?? error) });
  }
}

async function run(gather, expected) {
  const mine = (current += 1);
  worker?.terminate();
  const show = showing(area);
  show.start();
  const files = await gather().catch((error) => show.broken(error.message));
  if (!files || mine !== current) return;
  for await (const message of messages(files, expected)) {
    if (mine !== current) return;
    if (message.progress) show.progress(message);
    else if (message.broken) return show.broken(`计算中断：${message.broken}。请换一个较新的浏览器，或用右侧的核验程序。`);
    else if (message.finished) return show.finish();
    else {
      show.step(message);
      await wait(message.ok === null ? PAUSE / 3 : PAUSE);
    }
  }
}

async function fetched(links) {
  return Promise.all(
    [...links].map(async ({ href, dataset }) => {
      const answer = await fetch(href, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) throw new Error(`没有取到台账上的 ${dataset.ledgerFile}。请刷新页面，或先下载文件再拖到这里。`);
      return { name: dataset.ledgerFile, bytes: new Uint8Array(await answer.arrayBuffer()) };
    }),
  );
}

const chosen = (files) =>
  Promise.all([...files].map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));

if (area) {
  const input = area.querySelector("input[type=file]");
  input.closest("label").hidden = false;
  input.addEventListener("change", () => {
    const files = [...input.files];
    if (files.length) run(() => chosen(files), null);
    input.value = ""; // The same file may be chosen again after it was mended.
  });
  const links = area.querySelectorAll("[data-ledger-file]");
  if (links.length) run(() => fetched(links), area.dataset.number);
}
