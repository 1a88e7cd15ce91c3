// Sealing (§1): the sealed record, the leaves behind their seals, the committed secret.
import { fingerprint, canonical, PROTOCOL } from "./canonical.js";
import { refuse } from "./fault.js";
import { count, fields, hex, id, idList, list, oneOf, plain, rising, unique } from "./shape.js";

const SEALED = [
  "protocol", "draw", "mode", "about", "strata", "enterprises",
  "inspectors", "experts", "items", "secret_commitment", "sources",
];
const LEAF = ["enterprise", "excluded_experts", "excluded_inspectors", "excluded_items", "experts_wanted", "salt"];
export const MODES = ["announced", "notified", "covert"];

export const sealOf = (number, leaf) => fingerprint("leaf", number, canonical(leaf));
export const commitmentOf = (number, secret) => fingerprint("secret", number, secret);

export function checkSealed(sealed, place = ["sealed"]) {
  fields(sealed, SEALED, place);
  const at = (...more) => [...place, ...more];
  oneOf(sealed.protocol, [PROTOCOL], at("protocol"));
  id(sealed.draw, at("draw"));
  oneOf(sealed.mode, MODES, at("mode"));
  plain(fields(sealed.about, [], at("about"), Object.keys(sealed.about ?? {})), at("about"));
  checkStrata(sealed.strata, at("strata"));
  checkPool(sealed.enterprises, at("enterprises"));
  count(fields(sealed.inspectors, ["people", "per_enterprise"], at("inspectors")).per_enterprise, at("inspectors", "per_enterprise"));
  checkPeople(sealed.inspectors.people, at("inspectors", "people"));
  checkPeople(fields(sealed.experts, ["people"], at("experts")).people, at("experts", "people"));
  checkItems(fields(sealed.items, ["groups", "items"], at("items")), at("items"));
  hex(sealed.secret_commitment, at("secret_commitment"));
  checkSources(sealed.sources, at("sources"));
  return sealed;
}

function checkStrata(strata, place) {
  list(strata, place).forEach((one, index) => checkQuota(one, [...place, index]));
  unique(strata.map((one) => one.id), (index) => [...place, index, "id"]);
}

function checkQuota(one, place) {
  fields(one, ["id", "take"], place);
  id(one.id, [...place, "id"]);
  count(one.take, [...place, "take"]);
}

function checkPool(enterprises, place) {
  list(enterprises, place).forEach((one, index) => {
    const at = [...place, index];
    fields(one, ["id", "seal", "stratum"], at);
    id(one.id, [...at, "id"]);
    id(one.stratum, [...at, "stratum"]);
    hex(one.seal, [...at, "seal"]);
  });
  rising(enterprises.map((one) => one.id), (index) => [...place, index, "id"]);
}

export function checkPeople(people, place) {
  list(people, place).forEach((one, index) => {
    const at = [...place, index];
    fields(one, ["id", "limit"], at);
    id(one.id, [...at, "id"]);
    count(one.limit, [...at, "limit"]);
  });
  rising(people.map((one) => one.id), (index) => [...place, index, "id"]);
}

function checkItems(given, place) {
  checkStrata(given.groups, [...place, "groups"]);
  const groups = new Set(given.groups.map((one) => one.id));
  list(given.items, [...place, "items"]).forEach((one, index) => {
    const at = [...place, "items", index];
    fields(one, ["group", "id"], at);
    id(one.id, [...at, "id"]);
    if (!groups.has(id(one.group, [...at, "group"]))) refuse("事项所在的组没有列出", [...at, "group"]);
  });
  unique(given.items.map((one) => one.id), (index) => [...place, "items", index, "id"]);
}

function checkSources(sources, place) {
  list(sources, place).forEach((one, index) => id(one, [...place, index]));
  unique(sources, (index) => [...place, index]);
}

export function checkLeafForm(leaf, place) {
  fields(leaf, LEAF, place);
  id(leaf.enterprise, [...place, "enterprise"]);
  for (const name of LEAF.slice(1, 4)) idList(leaf[name], [...place, name]);
  count(leaf.experts_wanted, [...place, "experts_wanted"]);
  hex(leaf.salt, [...place, "salt"]);
  return leaf;
}

// A leaf fits when it has the form of one and gives the seal that its enterprise was sealed with.
export function checkLeaf(leaf, { number, sealOfEnterprise, place }) {
  checkLeafForm(leaf, place);
  const seal = sealOfEnterprise.get(leaf.enterprise);
  if (seal === undefined) refuse("这家企业不在封存的候选名单里", [...place, "enterprise"]);
  const computed = sealOf(number, leaf);
  if (computed !== seal) refuse("与封存的封条不符，内容被改动过", place, { stated: seal, computed, what: "封条" });
  return leaf;
}

export const sealsById = (sealed) => new Map(sealed.enterprises.map((one) => [one.id, one.seal]));
