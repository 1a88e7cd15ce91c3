// The seed (§2): the sealed hash, the secret and every source's text together.
import { fingerprint } from "./canonical.js";
import { refuse, shown } from "./fault.js";
import { hasLoneSurrogate } from "./json.js";
import { fields, hex, id, list, unique } from "./shape.js";
import { commitmentOf } from "./seal.js";

// White space is Unicode's, and the four old separators. JavaScript's own \s and trim() would also take U+FEFF.
const SPACE = "\\t-\\r\\u001c- \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");

export const contributedText = (text) => text.normalize("NFC").replace(EDGES, "");

export function checkSecret(secret, sealed) {
  hex(secret, ["secret"]);
  const computed = commitmentOf(sealed.draw, secret);
  if (computed !== sealed.secret_commitment)
    refuse("密值与封存时的承诺不符", ["secret"], { stated: sealed.secret_commitment, computed, what: "密值承诺" });
}

export function checkContributions(contributions, sources) {
  list(contributions, ["contributions"]).forEach((one, index) => {
    const at = ["contributions", index];
    fields(one, ["source", "text"], at);
    if (!sources.includes(id(one.source, [...at, "source"])))
      refuse(`${shown(one.source)}不是封存时约定的来源`, [...at, "source"]);
    if (typeof one.text !== "string") refuse(`应是文字，实为${shown(one.text)}`, [...at, "text"]);
    if (hasLoneSurrogate(one.text)) refuse("文字里有不成对的代理字符", [...at, "text"]);
  });
  const given = contributions.map((one) => one.source);
  unique(given, (index) => ["contributions", index, "source"]);
  const missing = sources.find((one) => !given.includes(one));
  if (missing !== undefined) refuse(`缺少来源${shown(missing)}的内容`, ["contributions"]);
}

export function deriveSeed({ sealed, sealedHash, secret, contributions }) {
  const textOf = new Map(contributions.map((one) => [one.source, contributedText(one.text)]));
  const pairs = sealed.sources.flatMap((source) => [source, textOf.get(source)]);
  return fingerprint("seed", sealed.draw, sealedHash, secret, ...pairs);
}
