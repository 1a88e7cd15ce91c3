// Takes the pages of records off this phone: of one that is submitted, or of all when somebody signs out.
// What has not been sent yet stays: drafts and photos wait for their officer.
const SAVED = "record-saved:";

async function forget(isMeant) {
  if (globalThis.caches) for (const name of await caches.keys()) if (isMeant(name)) await caches.delete(name);
  if (!navigator.serviceWorker) return;
  for (const one of await navigator.serviceWorker.getRegistrations()) {
    if (isMeant(`record:${new URL(one.scope).pathname}`)) await one.unregister();
  }
}

function forgetSaved(record) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${SAVED}${record}`)) localStorage.removeItem(key);
}

export async function forgetRecord(page, record) {
  forgetSaved(`${record}:`);
  await forget((name) => name === `record:${page}`);
}

export async function forgetAll() {
  forgetSaved("");
  await forget((name) => name.startsWith("record:"));
}
