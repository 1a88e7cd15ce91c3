// What a step says: passed, failed with its place, or not to be checked yet.
import { Fault, shown } from "./fault.js";
import { pathOf, wordsOf } from "./places.js";

export const ORDER = ["seal", "seed", "tickets", "people", "items", "amendments", "envelopes"];

// `compared`: [{label, stated, computed}], `counts`: [[label, value]].
export const passed = (step, words, { compared = [], counts = [] } = {}) => ({
  step, ok: true, words, compared, counts, place: null,
});

export const notYet = (step, words) => ({ step, ok: null, words, compared: [], counts: [], place: null });

export const notNeeded = (step, words) => ({ ...notYet(step, words), needed: false });

export function failed(step, fault, record) {
  const { stated, computed, what } = fault.compared ?? {};
  const place = { path: pathOf(fault.place), words: wordsOf(fault.place, record) };
  const values = fault.compared && !what ? `。记录写的是${shown(stated)}，按规则应是${shown(computed)}` : "";
  const compared = what ? [{ label: what, stated, computed }] : [];
  const words = `${place.words}：${fault.message}${values}。`.replace(/。。$/, "。");
  return { step, ok: false, words, compared, counts: [], place };
}

// Runs one step's work; a Fault becomes a failed step, anything else is our own mistake and is passed on.
export function* attempt(step, work, record) {
  try {
    return yield* work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return failed(step, error, record);
  }
}
