// A strict reader of JSON: UTF-8 only, no key twice, integers only, nothing repaired.
// JSON.parse would take the last of two equal keys, round large numbers and accept 1.0.
import { Fault } from "./fault.js";

export const LARGEST_FILE = 64 * 1024 * 1024;
const DEEPEST = 32;
const SPACE = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORDS = { t: ["true", true], f: ["false", false], n: ["null", null] };
const LONE_SURROGATE = /[\ud800-\udfff]/u;

export const hasLoneSurrogate = (text) => LONE_SURROGATE.test(text);

export function readBytes(bytes) {
  if (bytes.length > LARGEST_FILE) throw new Fault("文件超过 64 MB，不像一份抽取记录。请选择从台账下载的文件。");
  if (!bytes.length) throw new Fault("文件是空的。请选择从台账下载的文件。");
  return readText(decode(bytes));
}

function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault(`文件不是 UTF-8 文字（第 ${firstBadByte(bytes) + 1} 个字节起无法读出）。`);
  }
}

// Bisection: the longest beginning that is still the beginning of UTF-8 text.
function firstBadByte(bytes) {
  const fits = (end) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

export const readText = (text) => new Reader(text).whole();

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.path = [];
  }

  whole() {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.stop("文件末尾有多余的内容");
    return value;
  }

  stop(words) {
    const before = this.text.slice(0, this.at);
    const line = before.split("\n").length;
    const column = this.at - before.lastIndexOf("\n");
    throw new Fault(`${words}（文件第 ${line} 行第 ${column} 个字符）。`, [...this.path]);
  }

  space() {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }

  value() {
    this.space();
    const first = this.text[this.at];
    if (first === "{") return this.object();
    if (first === "[") return this.array();
    if (first === '"') return this.string();
    if (first === "-" || (first >= "0" && first <= "9")) return this.number();
    return this.word(first);
  }

  word(first) {
    const [word, value] = WORDS[first] ?? [];
    if (!word || !this.text.startsWith(word, this.at)) this.stop("文件不是合法的 JSON");
    this.at += word.length;
    return value;
  }

  number() {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found) this.stop("文件不是合法的 JSON");
    const value = Number(found[0]);
    if (found[1] || found[2] || Object.is(value, -0)) this.stop(`只允许整数，这里是 ${found[0].slice(0, 40)}`);
    if (!Number.isSafeInteger(value)) this.stop("整数过大，超出 ±(2^53−1)");
    this.at = NUMBER.lastIndex;
    return value;
  }

  string() {
    const end = this.endOfString();
    const raw = this.text.slice(this.at, end);
    const value = raw.includes("\\") ? JSON.parse(raw) : raw.slice(1, -1);
    if (hasLoneSurrogate(value)) this.stop("文字里有不成对的代理字符");
    this.at = end;
    return value;
  }

  endOfString() {
    STRING.lastIndex = this.at;
    let found;
    try {
      found = STRING.test(this.text);
    } catch {
      this.stop("有一段文字过长");
    }
    if (!found) this.stop("文件不是合法的 JSON：一段文字没有正确结束");
    return STRING.lastIndex;
  }

  array() {
    return this.inside("]", [], (found) => {
      this.path.push(found.length);
      found.push(this.value());
      this.path.pop();
    });
  }

  object() {
    return this.inside("}", Object.create(null), (found) => {
      if (this.text[this.at] !== '"') this.stop("文件不是合法的 JSON：这里应是一个名称");
      const key = this.string();
      this.path.push(key);
      if (key in found) this.stop("同一个名称出现了两次");
      this.space();
      if (this.text[this.at] !== ":") this.stop("文件不是合法的 JSON：名称后面应是冒号");
      this.at += 1;
      found[key] = this.value();
      this.path.pop();
    });
  }

  inside(close, found, member) {
    if (this.path.length >= DEEPEST) this.stop(`嵌套超过 ${DEEPEST} 层`);
    this.at += 1;
    this.space();
    if (this.text[this.at] === close) return this.ended(found);
    for (;;) {
      this.space();
      member(found);
      this.space();
      if (this.text[this.at] === close) return this.ended(found);
      if (this.text[this.at] !== ",") this.stop("文件不是合法的 JSON：这里应是逗号或结束");
      this.at += 1;
    }
  }

  ended(found) {
    this.at += 1;
    return found;
  }
}
