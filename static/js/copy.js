// data-copy="文字" on a button: copies, and says so. Hidden where the browser does not allow it.
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = before; }, 1600);
  });
});
