// Photos wait in a queue on the device (IndexedDB) until the server has each; a key of its own makes a repeat harmless.
import { send, announce } from "./record-sending.js";

const RETRY_MS = 15000;

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

const database = globalThis.indexedDB ? opened().catch(() => null) : Promise.resolve(null);

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tile(card, photo) {
  const place = document.createElement("a");
  place.className = "photo photo-waiting";
  const image = document.createElement("img");
  image.alt = "等待上传";
  image.src = URL.createObjectURL(photo.file);
  place.append(image);
  card.querySelector(".photo-add").before(place);
  return place;
}

function showCount(card) {
  const all = card.querySelectorAll("[data-photos] a.photo").length;
  const done = card.querySelectorAll("[data-photos] a.photo-done").length;
  card.querySelector("[data-photo-count]").textContent = all ? `已上传 ${done}/${all}` : "";
}

export function startPhotos(form) {
  const queue = [];
  let isRunning = false;

  function showQueue() {
    form.querySelector("[data-queue]").textContent = queue.length ? `还有 ${queue.length} 张照片待上传` : "";
  }

  function add(photo) {
    const card = form.querySelector(`[data-item="${photo.item}"]`);
    if (!card) return;
    queue.push({ ...photo, card, place: tile(card, photo) });
    showCount(card);
    showQueue();
  }

  async function settle(photo, answer) {
    queue.shift();
    await inStore("readwrite", (store) => store.delete(photo.key));
    if (answer.ok) {
      photo.place.className = "photo photo-done";
      photo.place.href = answer.body.url;
      photo.place.firstChild.alt = "照片，已上传";
    } else {
      photo.place.remove();
      refuse(photo.card, answer.body.refusal);
    }
    showCount(photo.card);
    showQueue();
  }

  function refuse(card, text) {
    const note = document.createElement("p");
    note.className = "note note-late";
    note.setAttribute("role", "alert");
    note.textContent = text;
    card.querySelector("[data-photos]").after(note);
    announce("有照片没有收下，请看该事项下的说明。");
  }

  async function run() {
    if (isRunning) return;
    isRunning = true;
    while (queue.length) {
      const photo = queue[0];
      const entries = [["photo", photo.file], ["upload_key", photo.key], ["drawn_item", photo.item], ["device_time", photo.at]];
      const answer = await send(form.dataset.photoUrl, form, entries);
      if (answer.isAway) break;
      await settle(photo, answer);
    }
    isRunning = false;
  }

  form.addEventListener("change", async (event) => {
    if (event.target.type !== "file") return;
    const item = event.target.closest("[data-item]").dataset.item;
    const chosen = [...event.target.files].map((file) => ({
      key: newKey(), record: form.dataset.record, item, file, at: new Date(file.lastModified).toISOString(),
    }));
    event.target.value = "";
    for (const photo of chosen) {
      await inStore("readwrite", (store) => store.put(photo));
      add(photo);
    }
    run();
  });
  window.addEventListener("online", run);
  setInterval(run, RETRY_MS);
  inStore("readonly", (store) => store.getAll()).then((kept) => {
    for (const photo of kept || []) if (photo.record === form.dataset.record) add(photo);
    run();
  });
  return { waiting: () => queue.length };
}
