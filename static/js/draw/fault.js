// What is wrong, where, and what was compared. A place is a path: ["result", "drawn", 2, "inspectors", 0].
export class Fault extends Error {
  constructor(words, place = [], compared = null) {
    super(words);
    this.name = "Fault";
    this.place = place;
    this.compared = compared;
  }
}

export const refuse = (words, place, compared) => {
  throw new Fault(words, place, compared);
};

// A value as it is shown in a sentence: short, on one line.
export function shown(value) {
  if (value === undefined) return "（没有）";
  if (value === null) return "空";
  if (Array.isArray(value)) return value.length ? `${value.length} 项的列表` : "空列表";
  if (typeof value === "object") return "一组内容";
  const text = typeof value === "string" ? `“${visible(value)}”` : String(value);
  return text.length > 90 ? `${text.slice(0, 80)}…” 等 ${value.length} 字` : text;
}

// Control characters and lone surrogates are written out: nothing on the page may hide or turn around.
const visible = (text) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
