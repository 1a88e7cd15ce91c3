// A confidential draw before it is open: only what is public can be checked, and the page says so.
import { hashOf } from "./canonical.js";
import { checkEnvelopes, checkOpening, envelopeOf } from "./envelopes.js";
import { refuse } from "./fault.js";
import { openingLines } from "./accounts.js";
import { checkSealed } from "./seal.js";
import { drawnCount } from "./select.js";
import { fields, hex, id, list, unique } from "./shape.js";
import { attempt, notYet, passed } from "./step.js";

const LATER = "这次抽取尚未全部公开；完整记录公开后，这一步才能核对。";

// `sealed` and `file` (the envelopes) are as the ledger publishes them; one of the two may be missing.
export function* verifyClosed({ sealed, file }) {
  const record = { sealed, openings: file?.openings };
  const seal = yield* attempt("seal", () => checkClosedSeal(sealed, file), record);
  yield seal;
  for (const step of ["seed", "tickets", "people", "items", "amendments"]) yield notYet(step, LATER);
  if (seal.ok === false) yield notYet("envelopes", "前面有一步没有通过，没有继续核对。");
  else yield yield* attempt("envelopes", () => checkClosedEnvelopes(sealed, file), record);
}

function* checkClosedSeal(sealed, file) {
  if (file) fields(file, ["draw", "sealed_hash", "envelopes", "openings"], []);
  if (!sealed) return notYet("seal", "没有封存记录（sealed.json），封存没有核对。请和信封文件一起选入。");
  checkSealed(sealed);
  const computed = hashOf(sealed);
  const counts = [["候选企业", sealed.enterprises.length], ["将抽取", `${drawnCount(sealed)} 家`]];
  if (!file) return passed("seal", "封存记录合乎规则。请把算出的指纹与台账上公布的封存指纹逐字对照。", { compared: [{ label: "封存指纹", stated: null, computed }], counts });
  if (file.draw !== sealed.draw) refuse("信封和封存记录不是同一次抽取的", ["draw"], { stated: file.draw, computed: sealed.draw });
  hex(file.sealed_hash, ["sealed_hash"]);
  const compared = { stated: file.sealed_hash, computed, what: "封存指纹" };
  if (computed !== file.sealed_hash) refuse("与封存记录算出的指纹不一致，两者之一被改动过", ["sealed_hash"], compared);
  return passed("seal", "封存记录逐字重算，指纹与公布的一致。", { compared: [{ label: "封存指纹", ...compared }], counts });
}

function* checkClosedEnvelopes(sealed, file) {
  if (!file) return notYet("envelopes", "还没有信封：抽取完成时才有。");
  checkEnvelopes(file.envelopes);
  const wanted = sealed ? drawnCount(sealed) : file.envelopes.length;
  if (file.envelopes.length !== wanted) refuse(`应有 ${wanted} 个，实有 ${file.envelopes.length} 个`, ["envelopes"]);
  list(file.openings, ["openings"]).forEach((one, index) => checkOpened(one, ["openings", index], { sealed, file }));
  unique(file.openings.map((one) => one.enterprise), (index) => ["openings", index, "enterprise"]);
  return passed("envelopes", openedWords(file), {
    counts: [["信封", `${file.envelopes.length} 个`], ["已拆封", `${file.openings.length} 个，全部相符`], ...openingLines(file.draw, file.openings)],
  });
}

function checkOpened(opening, place, { sealed, file }) {
  checkOpening(opening, place);
  const computed = envelopeOf(id(file.draw, ["draw"]), opening);
  if (!file.envelopes.includes(computed))
    refuse(`算出的信封是 ${computed.slice(0, 16)}…，不在抽取当天公布的信封里，内容被改动过`, place);
  const pooled = sealed?.enterprises.find((one) => one.id === opening.enterprise);
  if (sealed && pooled?.stratum !== opening.stratum) refuse("这家企业不在封存名单的这一层里", place);
}

function openedWords({ envelopes, openings }) {
  if (!openings.length) return `${envelopes.length} 个信封都还封着，个数与封存的规则相符。结果已经固定，内容尚未公开。`;
  return "已拆封的每一份内容都能算出抽取当天公布的信封：结果在抽取时就已固定，其后没有调换。";
}
