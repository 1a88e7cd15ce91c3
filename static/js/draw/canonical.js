// The protocol's common ground: canonical JSON, length-prefixed bytes, and one order for ids.
import { bytesToHex, sha256, utf8ToBytes } from "../sha256.js";

export const PROTOCOL = "shuangsuiji-draw/1";

// RFC 8785 for what the protocol allows. Keys are ASCII, so the plain order is the right one.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// The length as 4 bytes, big end first, then the bytes themselves.
export function lp(value) {
  const bytes = typeof value === "string" ? utf8ToBytes(value) : value;
  const found = new Uint8Array(4 + bytes.length);
  new DataView(found.buffer).setUint32(0, bytes.length);
  found.set(bytes, 4);
  return found;
}

export function hash(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return sha256(whole);
}

// H(LP(P) LP(text) LP(text) …), as hexadecimal digits.
export const fingerprint = (...texts) => bytesToHex(hash(lp(PROTOCOL), ...texts.map(lp)));
export const hashOf = (value) => bytesToHex(sha256(utf8ToBytes(canonical(value))));

export const isNfc = (text) => text.normalize("NFC") === text;

// Order by UTF-8 bytes, which is the order of code points. UTF-16 order differs only
// where a surrogate meets a unit above it.
const SURROGATE_OR_ABOVE = /[\ud800-\uffff]/;
const rank = (unit) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

export function compareIds(a, b) {
  if (a === b) return 0;
  if (!SURROGATE_OR_ABOVE.test(a) || !SURROGATE_OR_ABOVE.test(b)) return a < b ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference) return difference;
  }
  return a.length - b.length;
}
