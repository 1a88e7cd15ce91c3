// What was recomputed, said line by line: [label, words]. A line is made only after its check has passed.
import { hashOf } from "./canonical.js";
import { envelopeOf } from "./envelopes.js";
import { shown } from "./fault.js";

const MOST_LINES = 60;
const PEOPLE = { inspectors: "执法人员", experts: "专家" };
const WHY = { unavailable: "不能参加本批检查", recused: "对这家企业回避" };
const SAID = {
  person_replaced: ["换人", replacedPerson],
  enterprise_replaced: ["换企业", replacedEnterprise],
  people_added: ["补充人员", addedPeople],
  expert_invited: ["另请专家", ({ enterprise, in: expert }) => `企业 ${enterprise} 另请专家 ${expert}。由负责人决定。`],
};

const short = (digits) => `${digits.slice(0, 16)}…`;

// 2026-12-01T09:00:00+08:00 → 2026-12-01 09:00; whatever else stands there, as it stands.
const moment = (at) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.+Z-]*$/.test(at) ? at.slice(0, 16).replace("T", " ") : shown(at));

// Who or what was replaced by whom and why, who agreed, and the numbers that bind it.
export function amendmentLine(given, standing) {
  const [kind, words] = SAID[given.kind];
  const agreed = `原因：${shown(given.reason)}；${shown(given.approved_by)}批准，${moment(given.at)}。`;
  return [`变更 ${given.number}：${kind}`, `${words(given, standing)}${agreed}本条指纹 ${short(hashOf(given))}`];
}

function replacedPerson({ stage, enterprise, out, why, in: person, appointed }, standing) {
  const start = `企业 ${enterprise}：${PEOPLE[stage]} ${out} ${WHY[why]}，`;
  if (person === null) return `${start}按签号没有人可以接替，席位空缺。`;
  if (appointed) return `${start}按签号没有人可以接替，由负责人指定 ${person}。`;
  const ticket = standing.tickets[stage].of(enterprise, person);
  return `${start}由 ${person} 接替；重算的签号 ${short(ticket)}，是可以去的人里最小的。`;
}

function replacedEnterprise({ enterprise, in: next, outcome }, standing) {
  if (next === null) return `企业 ${enterprise} 不再检查，同层已没有候补。`;
  const people = [...outcome.inspectors, ...outcome.experts].join("、") || "没有人可派";
  const { seal } = standing.sealed.enterprises.find((one) => one.id === next);
  return (
    `企业 ${enterprise} 换成同层的第一候补 ${next}，检查人员 ${people}；` +
    `重算的签号 ${short(outcome.ticket)}，叶子与封存的封条 ${short(seal)} 相符。`
  );
}

function addedPeople({ people, excluded, blocked }) {
  const added = people.map(({ id, limit }) => `${id}（最多 ${limit} 家）`).join("、");
  const barred = excluded.length ? `，另有 ${excluded.length} 家企业写明了不能去的人` : "";
  const outcome = blocked ? `用同一颗种子重新分配，仍缺 ${blocked.need - blocked.have} 席。` : "用同一颗种子重新分配，席位全部坐满。";
  return `补充执法人员 ${added}${barred}；${outcome}`;
}

// One line an opened envelope: whose it is and the number that was computed from what was in it.
export function openingLines(number, openings) {
  const lines = openings.slice(0, MOST_LINES).map((one) => [
    one.enterprise,
    `执法人员 ${one.inspectors.join("、") || "没有"}，事项 ${one.items.length} 项；拆封内容重算出信封 ${short(envelopeOf(number, one))}，与抽取当天公布的相同`,
  ]);
  const rest = openings.length - lines.length;
  return rest > 0 ? [...lines, ["其余", `${rest} 份，同样相符`]] : lines;
}
