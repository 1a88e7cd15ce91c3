// A place in a record, in words: ["result", "drawn", 2, "inspectors", 0] → 抽取结果 第3家（…）的执法人员第1席.
const PEOPLE = { inspectors: "执法人员", experts: "专家" };
const AMENDED = {
  number: "编号", kind: "种类", reason: "原因", approved_by: "批准人", at: "时间", stage: "环节", enterprise: "企业",
  out: "离开的人", why: "事由", in: "接替者", appointed: "“是否指定”", leaf: "叶子", outcome: "替补结果",
  people: "补充的人员", excluded: "补充人员的回避", blocked: "受阻说明", outcomes: "重新分配",
};
const KINDS = {
  person_replaced: "换人", enterprise_replaced: "换企业", people_added: "补充人员", expert_invited: "另请专家",
};
const ENTRY = { enterprise: "企业代码", stratum: "所在层", ticket: "签号", salt: "随机数" };
const SEATS = {
  inspectors: (seat) => `执法人员${nth(seat, "席")}`,
  experts: (seat) => `专家${nth(seat, "席")}`,
  items: (seat) => `检查事项${nth(seat, "项")}`,
};
const LEAF = {
  enterprise: "企业代码", excluded_inspectors: "不得前往的执法人员", excluded_experts: "不得前往的专家",
  excluded_items: "不查的事项", experts_wanted: "需要的专家数", salt: "随机数",
};
const SEALED = {
  protocol: "协议名称", draw: "台账号", mode: "公开方式", about: "说明", secret_commitment: "密值承诺",
  strata: "分层", enterprises: "候选名单", inspectors: "执法人员名单", experts: "专家名单", items: "事项", sources: "来源",
};
const ROOTS = {
  sealed: inSealed,
  sealed_hash: () => "封存指纹",
  secret: () => "密值",
  seed: () => "种子",
  contributions: inContributions,
  leaves: inLeaves,
  result: inResult,
  amendments: inAmendments,
  openings: (path, record) => `拆封内容 ${entry(path, record?.openings, ENTRY)}`,
  envelopes: ([index]) => `信封${nth(index, "个")}`,
  draw: () => "台账号",
};

export function wordsOf(path, record) {
  const [root, ...rest] = path[0] === "record" ? path.slice(1) : path;
  if (root === undefined) return "整份文件";
  return (ROOTS[root]?.(rest, record) ?? pathOf(path)).trim();
}

// The same place for somebody who opens the file.
export const pathOf = (path) =>
  path.map((one, index) => (typeof one === "number" ? `[${one}]` : index ? `.${one}` : one)).join("");

const nth = (index, unit) => (index === undefined ? "" : `第${index + 1}${unit}`);
const named = (value) => (typeof value === "string" && value.length <= 40 ? `（${value}）` : "");

function entry([index, field, seat], list, names) {
  const whole = `${nth(index, "家")}${named(list?.[index]?.enterprise)}`;
  if (field === undefined) return whole;
  return `${whole}的${SEATS[field]?.(seat) ?? names[field] ?? field}`;
}

function inSealed([part, ...rest], record) {
  const name = SEALED[part];
  if (!name) return "封存记录";
  const given = record?.sealed?.[part];
  if (part === "enterprises") return `封存记录 ${listed("候选企业", "家", rest, given, { id: "代码", seal: "封条", stratum: "所在层" })}`;
  if (part === "strata") return `封存记录 ${listed("", "层", rest, given, { id: "名称", take: "抽取数" })}`;
  if (part in PEOPLE) return `封存记录 ${inPeople(part, rest, given)}`;
  if (part === "items") return `封存记录 ${inItems(rest, given)}`;
  if (part === "sources") return `封存记录 ${nth(rest[0], "个")}来源`;
  return `封存记录的${name}${rest.length ? `（${pathOf(rest)}）` : ""}`;
}

function listed(name, unit, [index, field], list, names) {
  const whole = `${name}${nth(index, unit)}${named(list?.[index]?.id)}`;
  return field === undefined ? whole : `${whole}的${names[field] ?? field}`;
}

function inPeople(stage, [part, ...rest], given) {
  if (part === "per_enterprise") return "每家的执法人员数";
  return listed(`${PEOPLE[stage]}名单`, "人", rest, given?.people, { id: "编号", limit: "上限" });
}

function inItems([part, ...rest], given) {
  if (part === "groups") return listed("事项", "组", rest, given?.groups, { id: "名称", take: "抽取数" });
  return listed("事项", "项", rest, given?.items, { id: "编号", group: "所在的组" });
}

function inContributions([index, field], record) {
  if (index === undefined) return "各来源的内容";
  const whole = `${nth(index, "份")}投入${named(record?.contributions?.[index]?.source)}`;
  return field === undefined ? whole : `${whole}的${field === "source" ? "来源" : "内容"}`;
}

function inLeaves([index, field, ...rest], record) {
  if (index === undefined) return "被抽中企业的叶子";
  const whole = `${nth(index, "片")}叶子${named(record?.leaves?.[index]?.enterprise)}`;
  return field === undefined ? whole : `${whole}的${LEAF[field] ?? field}${nth(rest[0], "项")}`;
}

function inResult([part, ...rest], record) {
  const given = record?.result;
  if (part === "drawn") return `抽取结果 ${rest.length ? entry(rest, given?.drawn, ENTRY) : "名单"}`;
  if (part === "load") return `抽取结果的${PEOPLE[rest[0]] ?? ""}最多任务数`;
  if (part === "blocked") return `抽取结果的受阻说明${blockedPart(rest)}`;
  if (part === "unfilled") return `抽取结果的专家空席${nth(rest[0], "条")}`;
  return "抽取结果";
}

function blockedPart([field, index]) {
  const names = { enterprises: "企业", inspectors: "执法人员", have: "能坐满的席位数", need: "需要的席位数" };
  return field === undefined ? "" : `：${names[field] ?? field}${nth(index, "个")}`;
}

function inAmendments([index, field, ...rest], record) {
  if (index === undefined) return "变更";
  const given = record?.amendments?.[index];
  const whole = `变更第${index + 1}条${KINDS[given?.kind] ? `（${KINDS[given.kind]}）` : ""}`;
  if (field === undefined) return whole;
  if (field === "outcome" && rest.length) return `${whole}中替补企业的${SEATS[rest[0]]?.(rest[1]) ?? ENTRY[rest[0]] ?? rest[0]}`;
  if (field === "leaf" && rest.length) return `${whole}中替补企业叶子的${LEAF[rest[0]] ?? rest[0]}`;
  if (field === "outcomes" && rest.length) return `${whole}中第${rest[0] + 1}家的执法人员${nth(rest[2], "席")}`;
  if (field === "blocked") return `${whole}中的受阻说明${blockedPart(rest)}`;
  return `${whole}的${AMENDED[field] ?? field}${nth(rest[0], "项")}`;
}
