// Photos, films and sound of a card: chosen several at once, made small, captioned, sent through the queue.
import { announce } from "./record-sending.js";
import { forget, newKey, startQueue } from "./record-queue.js";
import { shrunken } from "./shrink.js";
import { placeIfAllowed } from "./device.js";
import { measureKind, startMeasures } from "./record-measures.js";

function medium(file) {
  if (file.type.startsWith("video/")) return "录像";
  return file.type.startsWith("audio/") ? "录音" : "";
}

function tile(card, photo) {
  const shot = document.createElement("div");
  shot.className = "shot";
  const place = document.createElement("a");
  place.className = "photo photo-waiting";
  const word = medium(photo.file);
  if (word) place.append(word);
  else {
    const image = document.createElement("img");
    image.alt = "等待上传";
    image.src = URL.createObjectURL(photo.file);
    place.append(image);
  }
  shot.append(place, words(photo));
  card.querySelector(".photo-add").before(shot);
  return place;
}

function words(photo) {
  const input = document.createElement("input");
  input.className = "shot-words";
  input.maxLength = 120;
  input.placeholder = "说明";
  input.setAttribute("aria-label", "这一件的说明");
  input.value = photo.caption || "";
  input.dataset.waitingKey = photo.key;
  return input;
}

function showCount(card) {
  const all = card.querySelectorAll("[data-photos] a.photo").length;
  const done = card.querySelectorAll("[data-photos] a.photo-done").length;
  card.querySelector("[data-photo-count]").textContent = all ? `已上传 ${done}/${all}` : "";
}

function refuse(card, text) {
  const note = document.createElement("p");
  note.className = "note note-late";
  note.setAttribute("role", "alert");
  note.textContent = text;
  card.querySelector("[data-photos]").after(note);
  announce("有照片没有收下，请看该事项下的说明。");
}

function photoKind(form, byKey) {
  return {
    url: () => form.dataset.photoUrl,
    entries: (one) => [
      ["photo", one.file, one.file.name], ["upload_key", one.key], ["drawn_item", one.item], ["device_time", one.at],
      ["caption", one.caption || ""], ["latitude", one.latitude || ""], ["longitude", one.longitude || ""],
    ].filter(([name, value]) => value !== "" || name === "caption"),
    shown(one) {
      one.card = form.querySelector(`[data-item="${one.item}"]`);
      if (!one.card) return false;
      // Sent just before the page was closed: the page shows it already.
      if (one.card.querySelector(`[data-upload-key="${one.key}"]`)) return forget(one);
      one.place = tile(one.card, one);
      byKey.set(one.key, one);
      showCount(one.card);
    },
    settled(one, answer) {
      byKey.delete(one.key);
      const input = one.place.parentElement.querySelector(".shot-words");
      if (answer.ok) {
        one.place.className = "photo photo-done";
        one.place.href = answer.body.url;
        if (one.place.firstElementChild) one.place.firstElementChild.alt = "照片，已上传";
        input.dataset.captionUrl = answer.body.caption_url;
        if (input.value !== (one.caption || "")) input.dispatchEvent(new Event("change", { bubbles: true }));
      } else {
        one.place.parentElement.remove();
        refuse(one.card, answer.body.refusal);
      }
      showCount(one.card);
    },
  };
}

function captionKind() {
  return {
    url: (one) => one.url,
    entries: (one) => [["caption", one.caption]],
    shown() {},
    settled(one, answer) { if (!answer.ok) announce(answer.body.refusal); },
  };
}

export function startPhotos(form) {
  const byKey = new Map();
  const queue = startQueue(form, { photo: photoKind(form, byKey), caption: captionKind(), measure: measureKind(form) });

  async function choose(input) {
    const item = input.closest("[data-item]").dataset.item;
    const files = [...input.files];
    input.value = "";
    const where = await placeIfAllowed();
    for (const file of files) {
      const at = new Date(file.lastModified).toISOString();
      await queue.add({ kind: "photo", key: newKey(), item, file: await shrunken(file), at, queued: new Date().toISOString(), ...where });
    }
    queue.run();
  }

  async function caption(input) {
    const photo = byKey.get(input.dataset.waitingKey);
    if (photo && !input.dataset.captionUrl) { photo.caption = input.value; return queue.keep(photo); }
    if (!input.dataset.captionUrl) return;
    await queue.add({ kind: "caption", url: input.dataset.captionUrl, caption: input.value });
    queue.run();
  }

  form.addEventListener("change", (event) => {
    if (event.target.type === "file") choose(event.target);
    else if (event.target.matches(".shot-words")) caption(event.target);
  });
  startMeasures(form, queue);
  return { waiting: queue.waiting };
}
