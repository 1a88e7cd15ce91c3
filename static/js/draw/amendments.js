// Amendments (§9): replayed one after another on the standing. Each is checked against what the rules give.
import { assign } from "./assign.js";
import { refuse, shown } from "./fault.js";
import { same } from "./difference.js";
import { STAGES } from "./draw.js";
import { checkLeaf, checkPeople, sealsById } from "./seal.js";
import { fields, id, idList, list, oneOf, rising, text } from "./shape.js";

const NOTE = ["number", "kind", "reason", "approved_by", "at"];
const KINDS = {
  person_replaced: { names: ["stage", "enterprise", "out", "why", "in", "appointed"], replay: replacePerson },
  enterprise_replaced: { names: ["enterprise", "in", "leaf", "outcome"], replay: replaceEnterprise },
  people_added: { names: ["stage", "people", "excluded", "blocked", "outcomes"], replay: addPeople },
  expert_invited: { names: ["enterprise", "in"], replay: inviteExpert },
};

// `heard` is called with each that has been found right, while the standing is as it left it.
export function* replayAll(standing, amendments, heard) {
  for (const [index, given] of list(amendments, ["amendments"]).entries()) {
    const place = ["amendments", index];
    checkForm(given, index, place);
    yield* KINDS[given.kind].replay(standing, given, (...more) => [...place, ...more]);
    heard(given);
  }
}

function checkForm(given, index, place) {
  fields(given, ["kind"], place, Object.keys(given ?? {}));
  oneOf(given.kind, Object.keys(KINDS), [...place, "kind"]);
  fields(given, [...NOTE, ...KINDS[given.kind].names], place);
  same(given.number, index + 1, [...place, "number"], "变更的编号不连续");
  for (const name of ["reason", "approved_by", "at"]) text(given[name], [...place, name]);
}

function entryOf(standing, enterprise, place) {
  return standing.entry(id(enterprise, place)) ?? refuse(`${shown(enterprise)}此时不在抽取结果里`, place);
}

function* replacePerson(standing, given, at) {
  const { enterprise, out } = given;
  const stage = oneOf(given.stage, STAGES, at("stage"));
  oneOf(given.why, ["unavailable", "recused"], at("why"));
  const entry = entryOf(standing, enterprise, at("enterprise"));
  const seat = entry[stage].indexOf(id(out, at("out")));
  if (seat < 0) refuse(`${shown(out)}在这家企业没有席位`, at("out"));
  if (given.why === "recused") standing.bar(stage, enterprise, [out]);
  else standing.unavailable[stage].add(out);
  const others = entry[stage].filter((one) => one !== out);
  const next = standing.nextPerson(stage, enterprise, entry[stage]);
  const person = given.appointed === true ? appointed(standing, { given, next, others, at }) : ruled(given, next, at);
  entry[stage].splice(seat, 1, ...(person === null ? [] : [person]));
}

function ruled(given, next, at) {
  if (given.appointed !== false) refuse(`应是“是”或“否”，实为${shown(given.appointed)}`, at("appointed"));
  same(given.in, next, at("in"), "接替的人与规则推出的不一致");
  return next;
}

function appointed(standing, { given, next, others, at }) {
  const person = id(given.in, at("in"));
  if (next !== null) refuse(`按签号应由${shown(next)}接替，不能由负责人另行指定`, at("appointed"));
  const blockedOut = person === given.out || standing.mayNotCome(given.stage, given.enterprise, person);
  if (blockedOut) refuse(`${shown(person)}不得到这家企业（回避或其他排除）`, at("in"));
  if (others.includes(person)) refuse(`${shown(person)}在这家企业已有席位`, at("in"));
  return person;
}

function* replaceEnterprise(standing, given, at) {
  const entry = entryOf(standing, given.enterprise, at("enterprise"));
  const position = standing.entries.indexOf(entry);
  const next = standing.selection.next(entry.stratum, standing.used);
  same(given.in, next && next.enterprise, at("in"), "替补企业与规则推出的不一致");
  standing.entries.splice(position, 1);
  if (!next) {
    same(given.leaf, null, at("leaf"));
    same(given.outcome, null, at("outcome"));
    return;
  }
  const leaf = leafOf(standing, given, at("leaf"));
  standing.leaves.set(next.enterprise, leaf);
  standing.used.add(next.enterprise);
  const outcome = standing.seat(next, leaf);
  same(given.outcome, outcome, at("outcome"));
  standing.entries.splice(position, 0, outcome);
}

function leafOf(standing, given, place) {
  const { sealed } = standing;
  const leaf = checkLeaf(given.leaf, { number: sealed.draw, sealOfEnterprise: sealsById(sealed), place });
  same(leaf.enterprise, given.in, [...place, "enterprise"], "叶子不是这家企业的");
  return leaf;
}

function* addPeople(standing, given, at) {
  oneOf(given.stage, ["inspectors"], at("stage"));
  if (!standing.blocked) refuse("抽取没有受阻，不能补充人员", at("kind"));
  checkPeople(given.people, at("people"));
  checkExclusions(given.excluded, at("excluded"));
  for (const one of given.people) standing.limits.inspectors.set(one.id, one.limit);
  for (const one of given.excluded) standing.bar("inspectors", one.enterprise, one.people);
  const { seats, blocking } = yield* assignAgain(standing);
  same(given.blocked, blocking, at("blocked"));
  const outcomes = blocking
    ? []
    : standing.entries.map(({ enterprise }) => ({ enterprise, people: seats.get(enterprise) }));
  same(given.outcomes, outcomes, at("outcomes"));
  if (blocking) return;
  standing.blocked = false;
  for (const entry of standing.entries) entry.inspectors = [...seats.get(entry.enterprise)];
}

function checkExclusions(excluded, place) {
  list(excluded, place).forEach((one, index) => {
    fields(one, ["enterprise", "people"], [...place, index]);
    id(one.enterprise, [...place, index, "enterprise"]);
    idList(one.people, [...place, index, "people"]);
  });
  rising(excluded.map((one) => one.enterprise), (index) => [...place, index, "enterprise"]);
}

// §5 once more, with the same seed, over the places that stand now and everybody who may be sent.
function assignAgain(standing) {
  const { sealed, seed } = standing;
  const places = standing.entries.map(({ enterprise }) => ({
    id: enterprise,
    demand: sealed.inspectors.per_enterprise,
    excluded: standing.excludedAt("inspectors", enterprise),
  }));
  const people = [...standing.limits.inspectors].map(([person, limit]) => ({ id: person, limit }));
  return assign({ number: sealed.draw, stage: "inspectors", seed, places, people });
}

function* inviteExpert(standing, given, at) {
  const entry = entryOf(standing, given.enterprise, at("enterprise"));
  const expert = id(given.in, at("in"));
  if (entry.experts.includes(expert)) refuse(`${shown(expert)}在这家企业已有席位`, at("in"));
  if (standing.mayNotCome("experts", given.enterprise, expert))
    refuse(`${shown(expert)}不得到这家企业（回避或其他排除）`, at("in"));
  entry.experts.push(expert);
}
