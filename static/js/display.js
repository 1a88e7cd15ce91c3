// 字号 and 高对比 without leaving the page; the same links work on the server.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-display]");
  if (!link) return;
  event.preventDefault();
  const { display: name, value, other } = link.dataset;
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.dataset[name] = value;
  if (other) {
    link.dataset.value = other;
    link.dataset.other = value;
    link.toggleAttribute("aria-current", value === "high");
    return;
  }
  document.querySelectorAll(`[data-display="${name}"]`).forEach((each) => each.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
});
