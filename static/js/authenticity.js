// data-authenticity on a list: each step's file is fetched and hashed here, and compared with what the page says.
import { sha256, bytesToHex } from "./sha256.js";

const steps = document.querySelectorAll("[data-authenticity] [data-step]");
const button = document.querySelector("[data-check]");

function say(step, tone, words) {
  const outcome = step.querySelector("[data-outcome]");
  outcome.dataset.tone = tone;
  outcome.textContent = words;
}

async function check(step) {
  say(step, "open", "正在计算……");
  const answer = await fetch(step.dataset.file, { cache: "no-store" });
  if (!answer.ok) return say(step, "late", `× 文件没有取到（${answer.status}）。请稍后再试。`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const found = bytesToHex(sha256(bytes));
  if (found !== step.dataset.expected) return say(step, "late", `× 不一致：算得 ${found}`);
  const wanted = step.dataset.holds;
  if (wanted && !new TextDecoder().decode(bytes).includes(wanted)) return say(step, "late", "× 文件里没有应当写着的那一行。");
  say(step, "done", `√ 一致：${bytes.length} 字节，算得 ${found.slice(0, 8)}……${found.slice(-8)}`);
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    for (const step of steps) await check(step);
  });
}
