// Keeps the record's page on this phone while it is being written, so that it opens without a network.
function partsOfPage() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = loaded.filter((url) => new URL(url).origin === location.origin && /\.(js|css|svg|woff2?)(\?|$)/.test(url));
  return [location.pathname, ...new Set(own)];
}

export async function keepPage(form) {
  if (!form.dataset.workerUrl || !navigator.serviceWorker || "fromDevice" in form.dataset) return;
  try {
    const registration = await navigator.serviceWorker.register(form.dataset.workerUrl);
    const worker = registration.active || registration.waiting || registration.installing;
    if (document.readyState !== "complete") await new Promise((done) => window.addEventListener("load", done, { once: true }));
    worker.postMessage({ keep: partsOfPage() });
  } catch { /* without a secure connection there is no worker; drafts and photos are kept all the same */ }
}
