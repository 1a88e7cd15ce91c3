// The record on site: every part saves itself, keeps a draft on the device while it cannot, photos wait in a queue.
// Without this file the page is one plain form.
import { keepDraft, readDraft, settleDraft, readSaved, dropSaved } from "./record-drafts.js";
import { keepPage } from "./record-offline.js";
import { startPhotos } from "./record-photos.js";
import { suggest, takeBasis } from "./record-basis.js";
import { send, announce } from "./record-sending.js";

const form = document.querySelector("form[data-record]");
const PAUSE_MS = 900;
const RETRY_MS = 15000;
const parts = new Map();
const isFromDevice = "fromDevice" in form.dataset;

function fieldsOf(element) {
  const prefix = `${element.dataset.prefix}-`;
  return [...element.querySelectorAll("input, textarea, select")].filter((field) => field.name.startsWith(prefix) && field.type !== "file");
}

function valuesOf(part) {
  const values = {};
  for (const field of part.fields) {
    if (field.type === "radio" || field.type === "checkbox") { if (field.checked) values[field.name] = field.value; }
    else values[field.name] = field.value;
  }
  return values;
}

function fill(part, values) {
  for (const field of part.fields) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name] === field.value;
    else if (field.name in values) field.value = values[field.name];
  }
}

function say(part, text) { part.element.querySelector("[data-saved]").textContent = text; }

function refuse(part, text) {
  const place = part.element.querySelector("[data-refusal]");
  place.textContent = text;
  place.hidden = !text;
}

function setHidden(part, name, value) {
  part.fields.find((field) => field.name === `${part.element.dataset.prefix}-${name}`).value = value;
}

function changed(part) {
  part.isDirty = true;
  part.version += 1;
  keepDraft(form.dataset.record, part.element.dataset.prefix, valuesOf(part));
  say(part, "已存本机");
  count();
  clearTimeout(part.timer);
  part.timer = setTimeout(() => save(part), PAUSE_MS);
}

async function save(part) {
  if (part.sending) { await part.sending; }
  if (!part.isDirty) return;
  part.sending = sendPart(part);
  await part.sending;
  part.sending = null;
}

async function sendPart(part) {
  const version = part.version;
  say(part, "正在保存…");
  const answer = await send(part.element.dataset.saveUrl, form, Object.entries(valuesOf(part)));
  if (answer.isAway) return say(part, "已存本机，网络恢复后自动上传");
  part.isDirty = answer.ok && part.version !== version;
  if (answer.ok) taken(part, answer.body);
  else turnedDown(part, answer.body);
}

function taken(part, body) {
  setHidden(part, "revision", body.revision);
  setHidden(part, "shown", body.shown);
  refuse(part, "");
  const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  if (!part.isDirty) takeBasis(part.element, body.basis);
  tellUnsigned(body.unsigned);
  count();
  if (part.isDirty) return void keepDraft(form.dataset.record, part.element.dataset.prefix, valuesOf(part));
  settleDraft(form.dataset.record, part.element.dataset.prefix, valuesOf(part));
  say(part, `已保存 ${now}`);
}

// Refused: the words stay on the page and on the device. Only a change or 保存 saves them over what stands now;
// the draft keeps the old version, so that a reload alone overwrites nobody.
function turnedDown(part, body) {
  keepDraft(form.dataset.record, part.element.dataset.prefix, valuesOf(part));
  if (body.revision !== undefined) setHidden(part, "revision", body.revision);
  refuse(part, [body.refusal, body.stands].filter(Boolean).join(" "));
  say(part, "没有保存");
  count();
}

// A signature stands under the words as they were: whoever signed before this save has to sign again.
function tellUnsigned(names) {
  if (names?.length) announce(`记录已改动，${names.join("、")}的签名不再作数，提交前须重新签名。`);
}

// What the server has counts; what is only on this phone is named apart.
function count() {
  const cards = [...parts.values()].filter((part) => part.element.matches("[data-card]"));
  const answered = cards.filter((part) => part.element.querySelector(".answer input:checked"));
  const saved = answered.filter((part) => !part.isDirty && !isRefused(part));
  const unsaved = [...parts.values()].filter((part) => part.isDirty || isRefused(part)).length;
  form.querySelector("[data-answered]").textContent = String(saved.length);
  form.querySelector("[data-unsaved]").textContent = unsaved ? `，${unsaved} 处还没有保存` : "";
}

async function saveAll() {
  for (const part of parts.values()) { clearTimeout(part.timer); await save(part); }
  return [...parts.values()].every((part) => !part.isDirty && !isRefused(part));
}

function isRefused(part) { return !part.element.querySelector("[data-refusal]").hidden; }

function restore(part) {
  const draft = readDraft(form.dataset.record, part.element.dataset.prefix);
  if (!draft) return void bringUpToDate(part);
  fill(part, draft);
  part.isDirty = true;
  say(part, "已取回本机保存的内容");
}

// A page that comes from the device is older than what was saved since; one from the server is not.
function bringUpToDate(part) {
  if (!isFromDevice) return dropSaved(form.dataset.record, part.element.dataset.prefix);
  const saved = readSaved(form.dataset.record, part.element.dataset.prefix);
  if (saved) fill(part, saved);
}

function start() {
  for (const element of form.querySelectorAll("[data-part]")) {
    const part = { element, fields: fieldsOf(element), isDirty: false, version: 0, timer: 0, sending: null };
    parts.set(element, part);
    restore(part);
  }
  form.addEventListener("input", (event) => {
    const part = parts.get(event.target.closest("[data-part]"));
    if (!part || !part.fields.includes(event.target)) return;
    suggest(part.element);
    changed(part);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const finish = event.submitter?.name === "finish";
    for (const part of parts.values()) if (isRefused(part)) part.isDirty = true;
    const isSaved = await saveAll();
    if (!isSaved) return announce(navigator.onLine ? "有内容没有保存，请看红字。" : "网络已断开，内容已保存在本机。");
    if (finish && photos.waiting() > 0) return announce("还有照片或测量没有上传完，请稍候。");
    if (finish) location.assign(form.dataset.submitUrl);
    else announce("已保存。");
  });
  window.addEventListener("online", saveAll);
  setInterval(() => { if (navigator.onLine) saveAll(); }, RETRY_MS);
  count();
  saveAll();
}

const photos = startPhotos(form);
start();
if (isFromDevice) announce("没有网络：这是留在本机的页面，照常填写，恢复后自动上传。");
keepPage(form);
