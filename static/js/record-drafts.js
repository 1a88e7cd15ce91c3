// What was typed, kept on the device until the server has it. One entry per part of one record.
function key(record, part) { return `record:${record}:${part}`; }

export function keepDraft(record, part, values) {
  try { localStorage.setItem(key(record, part), JSON.stringify(values)); } catch { /* a full or forbidden store: the page still holds the words */ }
}

export function readDraft(record, part) {
  try { return JSON.parse(localStorage.getItem(key(record, part))); } catch { return null; }
}

export function dropDraft(record, part) {
  try { localStorage.removeItem(key(record, part)); } catch { /* nothing was kept */ }
}
