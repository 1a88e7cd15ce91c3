// What a value must look like. Each check stops with the place, or hands the value back.
import { compareIds, isNfc } from "./canonical.js";
import { refuse, shown } from "./fault.js";
import { hasLoneSurrogate } from "./json.js";

const HEX = /^[0-9a-f]{64}$/;
const DEEPEST = 32;
// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;

export function fields(value, names, place, optional = []) {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    refuse(`应是一组内容，实为${shown(value)}`, place);
  for (const name of names) if (!Object.hasOwn(value, name)) refuse(`缺少“${name}”`, place);
  for (const name of Object.keys(value))
    if (!names.includes(name) && !optional.includes(name)) refuse(`多出了协议里没有的${shown(name)}`, place);
  return value;
}

export function list(value, place) {
  return Array.isArray(value) ? value : refuse(`应是列表，实为${shown(value)}`, place);
}

export function text(value, place) {
  if (typeof value !== "string") refuse(`应是文字，实为${shown(value)}`, place);
  if (hasLoneSurrogate(value)) refuse("文字里有不成对的代理字符", place);
  if (!isNfc(value)) refuse("文字不是 NFC 规范形式", place);
  return value;
}

export function id(value, place) {
  return text(value, place) === "" ? refuse("不能为空", place) : value;
}

export function count(value, place) {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) refuse(`应是整数，实为${shown(value)}`, place);
  return value < 0 ? refuse(`不能是负数，实为 ${value}`, place) : value;
}

export function hex(value, place) {
  return typeof value === "string" && HEX.test(value)
    ? value
    : refuse(`应是 64 位小写十六进制数字，实为${shown(value)}`, place);
}

export function oneOf(value, allowed, place) {
  return allowed.includes(value) ? value : refuse(`应是 ${allowed.join("、")} 之一，实为${shown(value)}`, place);
}

// `placeOf(index)` says where an id stands.
export function unique(ids, placeOf) {
  const seen = new Set();
  ids.forEach((one, index) => {
    if (seen.has(one)) refuse(`${shown(one)}重复出现`, placeOf(index));
    seen.add(one);
  });
}

export function rising(ids, placeOf) {
  unique(ids, placeOf);
  for (let i = 1; i < ids.length; i += 1)
    if (compareIds(ids[i - 1], ids[i]) > 0) refuse(`排序不对：不应排在${shown(ids[i - 1])}之后`, placeOf(i));
}

export function idList(value, place) {
  list(value, place).forEach((one, index) => id(one, [...place, index]));
  rising(value, (index) => [...place, index]);
  return value;
}

// Anything the canonical form can hold: used for the part that is for readers only.
export function plain(value, place, depth = 0) {
  if (depth > DEEPEST) refuse(`嵌套超过 ${DEEPEST} 层`, place);
  if (typeof value === "string") return text(value, place);
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : refuse("只允许整数", place);
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.forEach((one, index) => plain(one, [...place, index], depth + 1));
  for (const key of Object.keys(value)) {
    if (!ASCII.test(key)) refuse(`名称${shown(key)}不是 ASCII`, place);
    plain(value[key], [...place, key], depth + 1);
  }
  return value;
}
