// What waits on the device (IndexedDB) until the server has it: photos, captions, measurements, in the order they came.
// Each has a key of its own, so that a repeat is harmless; a closed browser loses none.
import { send } from "./record-sending.js";

const RETRY_MS = 15000;
const database = globalThis.indexedDB ? opened().catch(() => null) : Promise.resolve(null);

function opened() {
  return new Promise((resolve) => {
    const request = indexedDB.open("record-photos", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}

async function inStore(mode, act) {
  const store = await database;
  if (!store) return null;
  return new Promise((resolve) => {
    const request = act(store.transaction("photos", mode).objectStore("photos"));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}

// The server has it: false, so that it is not shown as waiting.
export function forget(one) {
  inStore("readwrite", (store) => store.delete(one.key));
  return false;
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `kinds` says for each kind where it goes (url), what is sent (entries) and what follows (settled).
export function startQueue(form, kinds) {
  const waiting = [];
  let isRunning = false;

  function show() {
    const photos = waiting.filter((one) => one.kind === "photo").length;
    const others = waiting.length - photos;
    const words = [photos && `还有 ${photos} 张照片待上传`, others && `还有 ${others} 条填写待上传`].filter(Boolean);
    form.querySelector("[data-queue]").textContent = words.join("，");
  }

  function keep(one) {
    const { card, place, ...plain } = one;
    return inStore("readwrite", (store) => store.put(plain));
  }

  async function add(one) {
    const kept = { at: new Date().toISOString(), ...one, key: one.key || newKey(), record: form.dataset.record };
    await keep(kept);
    enter(kept);
    return kept;
  }

  function enter(one) {
    const shown = kinds[one.kind].shown(one);
    if (shown === false) return;
    waiting.push(one);
    show();
  }

  async function run() {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length) {
      const one = waiting[0];
      const kind = kinds[one.kind];
      const answer = await send(kind.url(one), form, kind.entries(one));
      if (answer.isAway) break;
      waiting.shift();
      await inStore("readwrite", (store) => store.delete(one.key));
      kind.settled(one, answer);
      show();
    }
    isRunning = false;
  }

  window.addEventListener("online", run);
  setInterval(run, RETRY_MS);
  inStore("readonly", (store) => store.getAll()).then((kept) => {
    const own = (kept || []).filter((one) => one.record === form.dataset.record);
    own.sort((a, b) => String(a.queued || a.at).localeCompare(String(b.queued || b.at)));
    for (const one of own) enter({ kind: "photo", ...one });
    run();
  });
  return { add, keep, run, waiting: () => waiting.length };
}
