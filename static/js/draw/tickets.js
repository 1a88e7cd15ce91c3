// Tickets (§3): one number per id, that nobody could know or choose. Lower tickets win.
import { hexToBytes } from "./hex.js";
import { bytesToHex } from "../sha256.js";
import { compareIds, hash, lp, PROTOCOL } from "./canonical.js";

export const stageKey = (number, stage, seed) => hash(lp(PROTOCOL), lp(number), lp(stage), hexToBytes(seed));

export class Tickets {
  constructor(number, stage, seed) {
    this.key = stageKey(number, stage, seed);
    this.encoded = new Map();
  }

  lp(id) {
    let bytes = this.encoded.get(id);
    if (!bytes) this.encoded.set(id, (bytes = lp(id)));
    return bytes;
  }

  of(...ids) {
    return bytesToHex(hash(this.key, ...ids.map((id) => this.lp(id))));
  }

  // The ids by rising ticket(…before, id), each with its ticket.
  ranked(ids, ...before) {
    const drawn = ids.map((id) => ({ id, ticket: this.of(...before, id) }));
    return drawn.sort(byTicket);
  }

  // The id with the lowest ticket, or null.
  lowest(ids, ...before) {
    return ids.length ? this.ranked(ids, ...before)[0].id : null;
  }
}

const byTicket = (a, b) => (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : compareIds(a.id, b.id));
