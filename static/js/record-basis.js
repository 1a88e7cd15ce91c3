// 违反依据 as the item list gives it, at once and without a network: of the sub-items that failed, else of the item.
// What the officer wrote stands; a suggestion follows the answers until then.
function suggestion(card) {
  const failed = [...card.querySelectorAll("select[data-basis]")].filter((sub) => sub.value === "failed");
  const texts = new Set(failed.map((sub) => sub.dataset.basis).filter(Boolean));
  return [...texts].join("；") || card.dataset.basis;
}

export function suggest(card) {
  const field = card.querySelector("[name$='-basis']");
  if (!field || !card.querySelector(".answer-fail input:checked")) return;
  if (field.value && field.value !== field.dataset.suggested) return;
  field.value = field.dataset.suggested = suggestion(card) || "";
}

// What the server put where nothing was written.
export function takeBasis(card, basis) {
  const field = card.querySelector("[name$='-basis']");
  if (field && basis && !field.value) field.value = field.dataset.suggested = basis;
}
