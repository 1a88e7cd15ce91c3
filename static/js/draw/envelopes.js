// Envelopes (§8): what was fixed at the draw, before anybody outside could see it.
import { canonical, compareIds, fingerprint } from "./canonical.js";
import { difference, same } from "./difference.js";
import { refuse, shown } from "./fault.js";
import { fields, hex, id, list, rising, text, unique } from "./shape.js";

const OUTCOME = ["enterprise", "experts", "inspectors", "items", "stratum", "ticket"];

export const envelopeOf = (number, outcome) => fingerprint("envelope", number, canonical(outcome));

export function checkOpening(opening, place) {
  fields(opening, [...OUTCOME, "salt"], place);
  hex(opening.salt, [...place, "salt"]);
  hex(opening.ticket, [...place, "ticket"]);
  for (const name of ["enterprise", "stratum"]) id(opening[name], [...place, name]);
  for (const name of ["experts", "inspectors", "items"]) {
    const at = [...place, name];
    list(opening[name], at).forEach((one, index) => id(text(one, [...at, index]), [...at, index]));
    unique(opening[name], (index) => [...at, index]);
  }
}

export function checkEnvelopes(envelopes, place = ["envelopes"]) {
  list(envelopes, place).forEach((one, index) => hex(one, [...place, index]));
  rising(envelopes, (index) => [...place, index]);
}

// Every opening is what was drawn, each enterprise once and none left out.
export function checkOpenings(openings, result) {
  const drawn = new Map(result.drawn.map((one) => [one.enterprise, one]));
  list(openings, ["openings"]).forEach((opening, index) => {
    const place = ["openings", index];
    checkOpening(opening, place);
    const entry = drawn.get(opening.enterprise);
    if (!entry) refuse(`${shown(opening.enterprise)}没有被抽中，不应有拆封内容`, [...place, "enterprise"]);
    same(opening, { ...entry, salt: opening.salt }, place, "与抽取结果不一致");
  });
  unique(openings.map((one) => one.enterprise), (index) => ["openings", index, "enterprise"]);
  const missing = result.drawn.find((one) => !openings.some(({ enterprise }) => enterprise === one.enterprise));
  if (missing && openings.length) refuse(`缺少${shown(missing.enterprise)}的拆封内容`, ["openings"]);
  return openings.length;
}

// All envelopes of a draw whose every enterprise is opened.
export function checkAllOpened(number, { openings, envelopes }) {
  checkEnvelopes(envelopes);
  const computed = openings.map((one) => envelopeOf(number, one)).sort(compareIds);
  const found = difference(envelopes, computed, ["envelopes"]);
  if (found) refuse("与拆封内容算出的信封不一致", found.place, { stated: found.stated, computed: found.computed });
}
