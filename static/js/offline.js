// data-offline: a bar that stands while the network is away.
function show() {
  document.querySelectorAll("[data-offline]").forEach((bar) => { bar.hidden = navigator.onLine; });
}
window.addEventListener("online", show);
window.addEventListener("offline", show);
show();
