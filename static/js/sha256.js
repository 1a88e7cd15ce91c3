// SHA-256 as hexadecimal text, synchronous: a draw hashes every candidate once.
import { sha256 } from "../vendor/noble-hashes-2.4.0/sha2.js";
import { bytesToHex, utf8ToBytes } from "../vendor/noble-hashes-2.4.0/utils.js";

export { sha256, bytesToHex, utf8ToBytes };
export const hashText = (text) => bytesToHex(sha256(utf8ToBytes(text)));
