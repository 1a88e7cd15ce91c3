// The page of one record without a network: that page and what it is made of, as it was last opened on this phone.
// Its scope is the record's own address, so it stands between nothing else and the network. It keeps no photo and
// no answer of the server; what was typed lies in the page's own stores (record-drafts.js, record-queue.js).
const PAGE = new URL("./", self.location).pathname;
const KEPT = `record:${PAGE}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep)));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function keep(urls) {
  const cache = await caches.open(KEPT);
  const wanted = new Set(urls.map((url) => new URL(url, self.location).href));
  for (const url of wanted) {
    const found = await fetch(url, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (found?.ok) await cache.put(url, found);
  }
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

async function answer(request) {
  try {
    const fresh = await fetch(request);
    if (isPage(request) && !fresh.ok) await forget();
    return fresh;
  } catch (away) {
    const kept = await caches.match(request, { cacheName: KEPT, ignoreVary: true });
    if (!kept) throw away;
    return isPage(request) ? marked(kept) : kept;
  }
}

function isPage(request) {
  return request.mode === "navigate" && new URL(request.url).pathname === PAGE;
}

// Sent elsewhere: the record is submitted, or whoever asks is no longer signed in.
function forget() { return caches.delete(KEPT); }

// The page learns that it comes from the device, and puts the newest saved words over the old ones.
async function marked(kept) {
  const text = (await kept.text()).replace("data-record=", "data-from-device data-record=");
  return new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": kept.headers.get("Content-Security-Policy") } });
}
