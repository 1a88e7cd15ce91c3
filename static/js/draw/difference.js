// The first place where what is written differs from what was computed.
import { refuse } from "./fault.js";

// {place, stated, computed}, or null when both are the same.
export function difference(stated, computed, place = []) {
  if (Array.isArray(computed) && Array.isArray(stated)) return inLists(stated, computed, place);
  if (isGroup(computed) && isGroup(stated)) return inGroups(stated, computed, place);
  return Object.is(stated, computed) ? null : { place, stated, computed };
}

const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function inLists(stated, computed, place) {
  for (let i = 0; i < Math.max(stated.length, computed.length); i += 1) {
    const found = difference(stated[i], computed[i], [...place, i]);
    if (found) return found;
  }
  return null;
}

function inGroups(stated, computed, place) {
  for (const key of new Set([...Object.keys(computed), ...Object.keys(stated)])) {
    const found = difference(stated[key], computed[key], [...place, key]);
    if (found) return found;
  }
  return null;
}

// Stops at the first difference, with both values.
export function same(stated, computed, place, words = "与重算结果不一致") {
  const found = difference(stated, computed, place);
  if (found) refuse(words, found.place, { stated: found.stated, computed: found.computed });
}
