// From chosen or fetched files to the steps: what each file is, and whether they belong together.
import { attempt, notYet, ORDER } from "./step.js";
import { verifyClosed } from "./closed.js";
import { Fault, refuse, shown } from "./fault.js";
import { readBytes } from "./json.js";
import { verifyRecord } from "./verify.js";

const KINDS = { record: "公开记录", sealed: "封存记录", envelopes: "信封" };

// `files`: [{name, bytes}]. `expected` is the ledger number asked for, or null.
// Yields first {step: "read"}, then the steps.
export function* verifyFiles(files, expected = null) {
  const given = {};
  const read = yield* attempt("read", () => readAll(files, { given, expected }), null);
  yield read;
  if (read.ok === false) {
    for (const step of ORDER) yield notYet(step, "文件没有读成，没有核对。");
    return;
  }
  if (given.record) yield* verifyRecord(given.record, { sealed: given.sealed, envelopes: given.envelopes?.envelopes });
  else yield* verifyClosed({ sealed: given.sealed, file: given.envelopes });
}

function* readAll(files, { given, expected }) {
  for (const { name, bytes } of files) {
    const [kind, value] = identify(readNamed(name, bytes), name);
    if (given[kind]) refuse(`选入了两份${KINDS[kind]}，请每种只选一份。`, []);
    given[kind] = value;
    yield { progress: "read", done: 0.5 };
  }
  const numbers = Object.entries(given).map(([kind, value]) => numberOf(kind, value));
  checkNumbers(numbers, expected);
  const kinds = Object.keys(given);
  return { step: "read", ok: true, kinds, number: numbers[0], mode: (given.record?.sealed ?? given.sealed)?.mode, words: `已读取${kinds.map((kind) => KINDS[kind]).join("、")}。` };
}

function readNamed(name, bytes) {
  try {
    return readBytes(bytes);
  } catch (error) {
    if (error instanceof Fault && name) throw new Fault(`${name}：${error.message}`, error.place);
    throw error;
  }
}

const has = (value, ...names) => names.every((name) => Object.hasOwn(value, name));

function identify(value, name) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return unknown(name);
  if (has(value, "record")) return identify(value.record, name);
  if (has(value, "sealed", "result")) return ["record", value];
  if (has(value, "envelopes") && !has(value, "sealed")) return ["envelopes", value];
  if (has(value, "protocol", "enterprises")) return ["sealed", value];
  if (has(value, "sealed") || has(value, "result")) return ["record", value];
  return unknown(name);
}

function unknown(name) {
  return refuse(`${shown(name)}不是公开记录、封存记录或信封。请选择从台账下载的 record.json、sealed.json 或 envelopes.json。`, []);
}

const numberOf = (kind, value) => (kind === "record" ? value.sealed?.draw : value.draw);

function checkNumbers(numbers, expected) {
  const place = ["sealed", "draw"];
  if (expected !== null && numbers[0] !== expected)
    refuse("不是要核验的那一次抽取", place, { stated: numbers[0], computed: expected });
  const other = numbers.find((one) => one !== numbers[0]);
  if (other !== undefined) refuse(`几份文件不是同一次抽取的（${shown(numbers[0])}、${shown(other)}）`, place);
}

