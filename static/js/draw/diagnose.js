// Which of several things was changed, when a fingerprint does not fit: tried out, one against the other.
import { refuse } from "./fault.js";
import { sealOf, commitmentOf } from "./seal.js";
import { contributedText, deriveSeed } from "./seed.js";
import { Tickets } from "./tickets.js";

// A hash alone cannot say which word; the published record beside it can.
const SOMEWHERE = "至少有一处被改动过，指纹与公布的不一致。把台账的 sealed.json 和这份文件一起选入，就能指出是哪一处";

// The sealed record does not give the stated hash: was the record changed, or the hash?
export function diagnoseSeal(record, computed) {
  const compared = { stated: record.sealed_hash, computed, what: "封存指纹" };
  if (seedFrom(record, computed) === record.seed)
    refuse("被改动过：种子用的是由封存记录算出的另一个指纹", ["sealed_hash"], compared);
  const place = changedSeal(record) ?? ["sealed"];
  const words = place.length > 1 ? "被改动过，因此封存指纹也对不上" : SOMEWHERE;
  refuse(words, place, compared);
}

function seedFrom(record, sealedHash) {
  try {
    return deriveSeed({ ...record, sealedHash });
  } catch {
    return null; // The contributions have no form yet; their own step says so.
  }
}

// A seal or the commitment that its own leaf or secret does not give: the part of the sealed record that was changed.
function changedSeal(record) {
  const { sealed, leaves, secret } = record;
  if (typeof secret === "string" && commitmentOf(sealed.draw, secret) !== sealed.secret_commitment)
    return ["sealed", "secret_commitment"];
  const leafOf = new Map((Array.isArray(leaves) ? leaves : []).map((leaf) => [leaf?.enterprise, leaf]));
  const index = sealed.enterprises.findIndex(({ id, seal }) => leafOf.has(id) && sealOf(sealed.draw, leafOf.get(id)) !== seal);
  return index < 0 ? null : ["sealed", "enterprises", index, "seal"];
}

// The parts do not give the stated seed: does the result go with the stated one or with the computed one?
export function diagnoseSeed(record, computed) {
  const compared = { stated: record.seed, computed, what: "种子" };
  if (fitsTickets(record, computed)) refuse("被改动过：抽取结果用的是由各来源算出的另一个种子", ["seed"], compared);
  if (fitsTickets(record, record.seed)) refuse(changedWords(record), ["contributions"], compared);
  refuse("由封存指纹、密值和各来源的内容算不出公布的种子", ["seed"], compared);
}

function changedWords(record) {
  const empty = record.contributions.filter((one) => contributedText(one.text) === "").length;
  return `至少有一处被改动过，算不出公布的种子${empty ? `（其中 ${empty} 份是空的）` : ""}`;
}

function fitsTickets(record, seed) {
  const first = record.result?.drawn?.[0];
  if (typeof first?.enterprise !== "string") return false;
  return new Tickets(record.sealed.draw, "enterprises", seed).of(first.enterprise) === first.ticket;
}
