// Mixing (§5.4): a walk over all lawful assignments, driven by 32-bit words of SHA-256.
import { sha256 } from "../sha256.js";

const WORDS_IN_RANGE = 2 ** 32;
const EXCURSIONS_A_STEP = 200;

// The words of H(key ‖ 0), H(key ‖ 1), … as 32-bit numbers, big end first. A large draw needs millions of
// hashes of 40 bytes: each is one block, padded here once, so only the compression itself is left to do.
export class Stream {
  constructor(key) {
    const block = new Uint8Array(64);
    block.set(key);
    this.block = new DataView(block.buffer);
    this.block.setUint8(40, 0x80);
    this.block.setUint32(60, 40 * 8);
    this.hasher = sha256.create();
    this.start = this.hasher.get();
    this.words = new Uint32Array(8);
    this.count = 0;
    this.used = 8;
    this.ends = [];
  }

  word() {
    if (this.used === 8) this.refill();
    return this.words[this.used++];
  }

  refill() {
    const { block, hasher, start, words } = this;
    block.setUint32(32, Math.floor(this.count / WORDS_IN_RANGE));
    block.setUint32(36, this.count % WORDS_IN_RANGE);
    hasher.set(start[0], start[1], start[2], start[3], start[4], start[5], start[6], start[7]);
    hasher.process(block, 0);
    words[0] = hasher.A;
    words[1] = hasher.B;
    words[2] = hasher.C;
    words[3] = hasher.D;
    words[4] = hasher.E;
    words[5] = hasher.F;
    words[6] = hasher.G;
    words[7] = hasher.H;
    this.count += 1;
    this.used = 0;
  }

  // A number under n, each with the same chance; 0 without reading when n is 1.
  below(n) {
    if (n === 1) return 0;
    const end = (this.ends[n] ??= Math.floor(WORDS_IN_RANGE / n) * n);
    let word = this.word();
    while (word >= end) word = this.word();
    return word - Math.floor(word / n) * n;
  }
}

// Changes `seats` (people by place and seat) in place. Places stand by rising ticket, so seat numbers do too.
export function* mix({ key, problem, limits, seats }) {
  const walk = new Walk({ stream: new Stream(key), candidates: problem.candidates, limits, seats });
  const count = walk.seatCount;
  const excursions = count * (8 + ceilLog2(count));
  for (let done = 0; done < excursions; done += 1) {
    walk.excursion();
    if (done % EXCURSIONS_A_STEP === 0) yield { done: 0.4 + (0.6 * done) / excursions };
  }
  walk.writeTo(seats);
}

export const ceilLog2 = (n) => (n <= 1 ? 0 : 32 - Math.clz32(n - 1));

// Everything is numbers in flat arrays: person p's seats are held[p · width …], rising, count[p] of them.
class Walk {
  constructor({ stream, candidates, limits, seats }) {
    Object.assign(this, { stream, people: limits.length });
    this.placeOf = Int32Array.from(seats.flatMap((row, place) => row.map(() => place)));
    this.personAt = Int32Array.from(seats.flat());
    this.seatCount = this.personAt.length;
    this.limits = Int32Array.from(limits, (limit) => Math.min(limit, this.seatCount));
    this.candidates = candidates.map((ones) => Int32Array.from(ones));
    this.has = new Uint8Array(seats.length * this.people);
    this.width = Math.max(...this.limits) + 1;
    this.held = new Int32Array(this.people * this.width);
    this.count = new Int32Array(this.people);
    this.longest = Math.max(256, seats.length);
    this.journal = new Int32Array(2 * this.longest);
    for (let seat = 0; seat < this.seatCount; seat += 1) this.sit(seat, this.personAt[seat]);
  }

  sit(seat, person) {
    this.personAt[seat] = person;
    this.has[this.placeOf[seat] * this.people + person] = 1;
    const first = person * this.width;
    let at = first + this.count[person];
    for (; at > first && this.held[at - 1] > seat; at -= 1) this.held[at] = this.held[at - 1];
    this.held[at] = seat;
    this.count[person] += 1;
  }

  leave(seat) {
    const person = this.personAt[seat];
    this.has[this.placeOf[seat] * this.people + person] = 0;
    this.count[person] -= 1;
    const last = person * this.width + this.count[person];
    let at = person * this.width;
    while (this.held[at] !== seat) at += 1;
    for (; at < last; at += 1) this.held[at] = this.held[at + 1];
    return person;
  }

  // One seat is emptied, and filled, and whoever came has to leave another, until nobody has to.
  excursion() {
    let hole = this.stream.below(this.seatCount);
    this.journal[0] = hole;
    this.journal[1] = this.leave(hole);
    for (let filled = 1; ; filled += 1) {
      const person = this.newcomer(this.placeOf[hole]);
      const before = this.count[person];
      if (before < this.limits[person]) return this.sit(hole, person);
      // The last one allowed is not seated and does not choose what to give up: the stream stands here.
      if (filled === this.longest) return this.undo(filled);
      const given = this.exchange(person, this.stream.below(before), hole);
      this.journal[2 * filled] = given;
      this.journal[2 * filled + 1] = person;
      hole = given;
    }
  }

  // The person takes the hole and gives up the seat that stands at `index` among theirs, in one pass.
  exchange(person, index, hole) {
    const { held, has, placeOf, people } = this;
    const first = person * this.width;
    const end = first + this.count[person];
    let at = first + index;
    const given = held[at];
    for (; at + 1 < end && held[at + 1] < hole; at += 1) held[at] = held[at + 1];
    for (; at > first && held[at - 1] > hole; at -= 1) held[at] = held[at - 1];
    held[at] = hole;
    has[placeOf[given] * people + person] = 0;
    has[placeOf[hole] * people + person] = 1;
    this.personAt[hole] = person;
    return given;
  }

  newcomer(place) {
    const open = this.candidates[place];
    for (;;) {
      const person = open[this.stream.below(open.length)];
      if (!this.has[place * this.people + person]) return person;
    }
  }

  // The last hole is empty. Going backwards, each gets back the seat they left, and then leaves the one they took.
  undo(length) {
    for (let index = length - 1; index >= 0; index -= 1) {
      this.sit(this.journal[2 * index], this.journal[2 * index + 1]);
      if (index > 0) this.leave(this.journal[2 * index - 2]);
    }
  }

  writeTo(seats) {
    let at = 0;
    for (const row of seats) for (let seat = 0; seat < row.length; seat += 1) row[seat] = this.personAt[at++];
  }
}
