// A draw from beginning to end (§4 to §7): the sealed record and the seed give the result, and nothing else does.
import { compareIds, hashOf } from "./canonical.js";
import { refuse } from "./fault.js";
import { assign } from "./assign.js";
import { ItemDraw } from "./items.js";
import { checkLeaf, checkSealed, sealsById } from "./seal.js";
import { checkContributions, checkSecret, deriveSeed } from "./seed.js";
import { Selection } from "./select.js";
import { fields, list, unique } from "./shape.js";

export const STAGES = ["inspectors", "experts"];

// `drawn`: [{enterprise, stratum, ticket}], `leaves`: Map(enterprise → leaf).
export function placesOf(stage, { sealed, drawn, leaves }) {
  return drawn.map(({ enterprise }) => ({
    id: enterprise,
    demand: stage === "inspectors" ? sealed.inspectors.per_enterprise : leaves.get(enterprise).experts_wanted,
    excluded: new Set(leaves.get(enterprise)[`excluded_${stage}`]),
  }));
}

export function assignStage(stage, { sealed, seed, drawn, leaves }) {
  const places = placesOf(stage, { sealed, drawn, leaves });
  return assign({ number: sealed.draw, stage, seed, places, people: sealed[stage].people });
}

export function resultOf({ sealed, seed, drawn, leaves, inspectors, experts }) {
  const items = new ItemDraw(sealed, seed);
  return {
    blocked: inspectors.blocking,
    drawn: drawn.map((one) => ({
      ...one,
      experts: experts.seats.get(one.enterprise),
      inspectors: inspectors.seats.get(one.enterprise) ?? [],
      items: items.of(leaves.get(one.enterprise)),
    })),
    load: { experts: experts.load, inspectors: inspectors.load },
    unfilled: unfilledSeats(drawn, { leaves, experts }),
  };
}

export function unfilledSeats(drawn, { leaves, experts }) {
  return drawn
    .map(({ enterprise }) => ({
      enterprise,
      missing: leaves.get(enterprise).experts_wanted - experts.seats.get(enterprise).length,
    }))
    .filter((one) => one.missing > 0)
    .sort((a, b) => compareIds(a.enterprise, b.enterprise));
}

// An input of the protocol (sealed, secret, contributions, every leaf) → {result, sealed_hash, seed}.
export function runDraw(input) {
  fields(input, ["sealed", "secret", "contributions", "leaves"], []);
  const sealed = checkSealed(input.sealed);
  checkSecret(input.secret, sealed);
  checkContributions(input.contributions, sealed.sources);
  const leaves = checkAllLeaves(input.leaves, sealed);
  const sealedHash = hashOf(sealed);
  const seed = deriveSeed({ ...input, sealedHash });
  const given = { sealed, seed, leaves, drawn: new Selection(sealed, seed).drawn() };
  const inspectors = drain(assignStage("inspectors", given));
  const experts = drain(assignStage("experts", given));
  return { result: resultOf({ ...given, inspectors, experts }), sealed_hash: sealedHash, seed };
}

function checkAllLeaves(leaves, sealed) {
  const sealOfEnterprise = sealsById(sealed);
  list(leaves, ["leaves"]).forEach((leaf, index) =>
    checkLeaf(leaf, { number: sealed.draw, sealOfEnterprise, place: ["leaves", index] }),
  );
  unique(leaves.map((leaf) => leaf.enterprise), (index) => ["leaves", index, "enterprise"]);
  if (leaves.length < sealed.enterprises.length) refuse("不是每家候选企业都有叶子", ["leaves"]);
  return new Map(leaves.map((leaf) => [leaf.enterprise, leaf]));
}

export function drain(steps) {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
