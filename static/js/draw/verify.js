// Verifying a public record, step by step. Nothing is taken on trust but the record's own sealed hash.
import { amendmentLine, openingLines } from "./accounts.js";
import { hashOf } from "./canonical.js";
import { diagnoseSeal, diagnoseSeed } from "./diagnose.js";
import { same } from "./difference.js";
import { assignStage, resultOf } from "./draw.js";
import { checkAllOpened, checkOpenings } from "./envelopes.js";
import { refuse, shown } from "./fault.js";
import { replayAll } from "./amendments.js";
import { checkLeaf, checkSealed, commitmentOf, sealsById } from "./seal.js";
import { checkContributions, checkSecret, deriveSeed } from "./seed.js";
import { Selection } from "./select.js";
import { fields, hex, id, list, unique } from "./shape.js";
import { Standing } from "./standing.js";
import { attempt, notNeeded, notYet, passed } from "./step.js";

const RECORD = ["sealed", "sealed_hash", "secret", "contributions", "leaves", "seed", "result", "amendments"];
const RESULT = ["blocked", "drawn", "load", "unfilled"];
const ENTRY = ["enterprise", "experts", "inspectors", "items", "stratum", "ticket"];
const WORK = [
  ["seal", checkSeal], ["seed", checkSeed], ["tickets", checkTickets], ["people", checkPeople],
  ["items", checkItems], ["amendments", checkAmendments], ["envelopes", checkEnvelopes],
];

// Yields {step, ok, words, compared, counts, place} and, in between, {progress: step, done: 0…1}.
// `published` may hold what the ledger gave out before: {sealed, envelopes}.
export function* verifyRecord(record, published = {}) {
  const known = { record, published };
  for (const [index, [step, check]] of WORK.entries()) {
    const found = yield* attempt(step, () => check(known), record);
    yield found;
    if (found.ok !== false) continue;
    for (const [later] of WORK.slice(index + 1)) yield notYet(later, "前面有一步没有通过，没有继续核对。");
    return;
  }
}

function* checkSeal(known) {
  const { record, published } = known;
  fields(record, RECORD, [], ["openings", "envelopes"]);
  const sealed = checkSealed(record.sealed);
  hex(record.sealed_hash, ["sealed_hash"]);
  if (published.sealed) same(sealed, published.sealed, ["sealed"], "与台账公布的封存记录不一致");
  const computed = hashOf(sealed);
  if (computed !== record.sealed_hash) diagnoseSeal(record, computed);
  yield { progress: "seal", done: 0.5 };
  known.leaves = checkLeaves(record.leaves, sealed);
  return passed("seal", "封存记录逐字重算，指纹与公布的一致；每片公开的叶子都与封存的封条相符。", {
    compared: [{ label: "封存指纹", stated: record.sealed_hash, computed }],
    counts: [["候选企业", sealed.enterprises.length], ["核对的封条", known.leaves.size]],
  });
}

function checkLeaves(leaves, sealed) {
  const sealOfEnterprise = sealsById(sealed);
  list(leaves, ["leaves"]).forEach((leaf, index) =>
    checkLeaf(leaf, { number: sealed.draw, sealOfEnterprise, place: ["leaves", index] }),
  );
  unique(leaves.map((leaf) => leaf.enterprise), (index) => ["leaves", index, "enterprise"]);
  return new Map(leaves.map((leaf) => [leaf.enterprise, leaf]));
}

function* checkSeed(known) {
  const { record } = known;
  const { sealed } = record;
  checkSecret(record.secret, sealed);
  checkContributions(record.contributions, sealed.sources);
  hex(record.seed, ["seed"]);
  const computed = deriveSeed({ ...record, sealedHash: record.sealed_hash });
  if (computed !== record.seed) diagnoseSeed(record, computed);
  known.seed = computed;
  return passed("seed", "密值与封存时的承诺相符；封存指纹、密值和各来源的内容合起来，正好算出公布的种子。", {
    compared: [
      { label: "密值承诺", stated: sealed.secret_commitment, computed: commitmentOf(sealed.draw, record.secret) },
      { label: "种子", stated: record.seed, computed },
    ],
    counts: sealed.sources.map((source, index) => [
      `来源${index + 1}`, `${source}：${record.contributions.find((one) => one.source === source).text.trim()}`,
    ]),
  });
}

function* checkTickets(known) {
  const { record, seed, leaves } = known;
  checkResultForm(record.result);
  yield { progress: "tickets", done: 0.2 };
  known.selection = new Selection(record.sealed, seed);
  known.drawn = known.selection.drawn();
  const stated = record.result.drawn.map(({ enterprise, stratum, ticket }) => ({ enterprise, stratum, ticket }));
  same(stated, known.drawn, ["result", "drawn"], "与按签号重算的名单不一致");
  checkDrawnLeaves(record.leaves, known.drawn, leaves);
  return passed("tickets", "每家候选企业都算出了签号；各层抽中的，正是签号最小的那几家。", {
    counts: [["候选企业", record.sealed.enterprises.length], ...strataCounts(record.sealed, known.selection)],
  });
}

function checkResultForm(result) {
  fields(result, RESULT, ["result"]);
  list(result.drawn, ["result", "drawn"]).forEach((one, index) => {
    const place = ["result", "drawn", index];
    fields(one, ENTRY, place);
    id(one.enterprise, [...place, "enterprise"]);
  });
}

function checkDrawnLeaves(given, drawn, leaves) {
  const wanted = new Set(drawn.map((one) => one.enterprise));
  given.forEach((leaf, index) => {
    if (!wanted.has(leaf.enterprise)) refuse("这家企业没有被抽中，叶子不应公开", ["leaves", index, "enterprise"]);
  });
  const missing = drawn.find((one) => !leaves.has(one.enterprise));
  if (missing) refuse(`缺少${shown(missing.enterprise)}的叶子`, ["leaves"]);
}

// Of each stratum the highest ticket that was drawn and the lowest that was not: one must be under the other.
const strataCounts = (sealed, selection) =>
  sealed.strata.slice(0, 12).map(({ id: stratum, take }) => {
    const order = selection.order.get(stratum);
    const [last, next] = [order[Math.min(take, order.length) - 1], order[take]];
    const words = [`${order.length} 家抽 ${Math.min(take, order.length)} 家`];
    if (last) words.push(`中签的最大签号 ${last.ticket.slice(0, 8)}…`);
    if (next) words.push(`未中的最小签号 ${next.ticket.slice(0, 8)}…`);
    return [stratum, words.join("，")];
  });

function* checkPeople(known) {
  const { record, seed, drawn, leaves } = known;
  const given = { sealed: record.sealed, seed, drawn, leaves };
  const inspectors = yield* part("people", 0, 0.8, assignStage("inspectors", given));
  const experts = yield* part("people", 0.8, 1, assignStage("experts", given));
  known.result = resultOf({ ...given, inspectors, experts });
  same(withoutItems(record.result), withoutItems(known.result), ["result"], "与重算的人员分配不一致");
  const blocked = known.result.blocked;
  return passed("people", blocked ? BLOCKED_WORDS : PEOPLE_WORDS, {
    counts: [
      ["执法人员席位", blocked ? `需要 ${inspectors.need}，最多坐满 ${inspectors.filled}` : `${inspectors.filled} 席全部坐满`],
      ["执法人员最多的一人", `${inspectors.load} 家`],
      ["专家席位", `需要 ${experts.need}，坐满 ${experts.filled}`],
    ],
  });
}

const PEOPLE_WORDS = "按规则重新分配了执法人员和专家，每一席都与记录相同；没有一人去了不得前往的企业。";
const BLOCKED_WORDS = "执法人员席位无论如何坐不满，抽取确实受阻；卡住的企业和人员与记录相同。";

function* part(step, from, to, work) {
  let next = work.next();
  for (; !next.done; next = work.next()) yield { progress: step, done: from + (to - from) * next.value.done };
  return next.value;
}

const withoutItems = (result) => ({
  ...result,
  drawn: result.drawn.map(({ items, ...rest }) => rest), // eslint-disable-line no-unused-vars
});

function* checkItems({ record, result }) {
  same(record.result, result, ["result"], "与重算的检查事项不一致");
  const count = result.drawn.reduce((sum, one) => sum + one.items.length, 0);
  return passed("items", "每家企业每组事项都按签号重新抽取，与记录相同。", { counts: [["检查事项", `${count} 项次`]] });
}

function* checkAmendments(known) {
  const { record, seed, selection, leaves, result } = known;
  const standing = new Standing({ sealed: record.sealed, seed, selection, leaves, result });
  const said = [];
  yield* part("amendments", 0, 1, replayAll(standing, record.amendments, (given) => said.push(amendmentLine(given, standing))));
  const count = record.amendments.length;
  if (!count) return passed("amendments", "这份记录里没有变更：抽取结果原样执行。");
  return passed("amendments", "逐条重放抽取之后的变更：由规则推出的，每一处都与记录相同。", {
    counts: [
      ["变更", `${count} 条`],
      ["变更后在册", `${standing.entries.length} 家${standing.blocked ? "，执法人员仍受阻" : ""}`],
      ...said,
    ],
  });
}

function* checkEnvelopes({ record, published, result }) {
  const number = record.sealed.draw;
  const count = checkOpenings(record.openings ?? [], result);
  const given = record.envelopes ?? published.envelopes;
  if (given?.length && !count) refuse("有信封，却没有拆封内容", ["openings"]);
  if (record.envelopes && published.envelopes)
    same(record.envelopes, published.envelopes, ["envelopes"], "与台账公布的信封不一致");
  if (given) checkAllOpened(number, { openings: record.openings ?? [], envelopes: given });
  if (record.sealed.mode === "announced") return notNeeded("envelopes", "这次抽取当场公开，没有信封，不需要这一步。");
  if (!count) return notYet("envelopes", "文件里没有拆封内容，信封没有核对；其余各步不受影响。");
  if (!given) return passed("envelopes", OPENED_WORDS, { counts: [["拆封内容", `${count} 份`]] });
  return passed("envelopes", "每个信封都由拆封内容重新算出，与抽取当天公布的相同：其间没有调换。", {
    counts: [["信封", `${given.length} 个`], ...openingLines(number, record.openings)],
  });
}

const OPENED_WORDS =
  "拆封内容与抽取结果逐项相同。要确认它们就是当天的信封，请把台账的 envelopes.json 一起选入再核对一次。";
