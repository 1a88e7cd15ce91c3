// data-drop on <details>: closes on Escape or a click elsewhere.
function closeAll(except) {
  document.querySelectorAll("details[data-drop][open]").forEach((each) => { if (each !== except) each.open = false; });
}
document.addEventListener("click", (event) => closeAll(event.target.closest("details[data-drop]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-drop][open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});
