// What was typed, kept on the device until the server has it; and what the server took last, for a page that comes
// from the device. One entry per part of one record.
function key(record, part) { return `record:${record}:${part}`; }
function savedKey(record, part) { return `record-saved:${record}:${part}`; }

function put(name, values) {
  try { localStorage.setItem(name, JSON.stringify(values)); } catch { /* a full or forbidden store: the page still holds the words */ }
}

function get(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function drop(name) {
  try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
}

export function keepDraft(record, part, values) { put(key(record, part), values); }
export function readDraft(record, part) { return get(key(record, part)); }

// The server has it: no draft any more, but the words are newer than those of a kept page.
export function settleDraft(record, part, values) {
  drop(key(record, part));
  put(savedKey(record, part), values);
}

export function readSaved(record, part) { return get(savedKey(record, part)); }
export function dropSaved(record, part) { drop(savedKey(record, part)); }
