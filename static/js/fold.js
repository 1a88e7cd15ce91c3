// data-fold: a long group is open on a wide screen and closed on a phone; a link into it opens it.
const narrow = matchMedia("(max-width: 47.99rem)").matches;

function openAround(id) {
  const target = id ? document.getElementById(id) : null;
  const group = target?.closest("details[data-fold]") ?? target?.querySelector("details[data-fold]");
  group?.setAttribute("open", "");
}

export function fold() {
  if (narrow) document.querySelectorAll("details[data-fold]").forEach((group) => group.removeAttribute("open"));
  const open = () => openAround(decodeURIComponent(location.hash.slice(1)));
  addEventListener("hashchange", open);
  open();
}
