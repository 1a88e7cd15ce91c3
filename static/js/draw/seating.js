// Who sits where, and whether one more seat can be filled: augmenting paths over places and people.
// Places and people are numbers here. `fixed` pairs are given for good and never move.
export class Seating {
  // demands[place], candidates[place] = numbers of people, limits[person].
  constructor({ demands, candidates, limits }) {
    Object.assign(this, { demands, candidates, limits });
    this.people = limits.length;
    this.may = this.matrix();
    candidates.forEach((ones, place) => ones.forEach((person) => (this.may[place * this.people + person] = 1)));
    this.clear();
  }

  matrix() {
    return new Uint8Array(this.demands.length * this.people);
  }

  clear() {
    this.has = this.matrix();
    this.fixed = this.matrix();
    this.heldBy = this.limits.map(() => []);
    this.holders = this.demands.map(() => []);
    this.total = 0;
  }

  give(place, person) {
    this.has[place * this.people + person] = 1;
    this.heldBy[person].push(place);
    this.holders[place].push(person);
    this.total += 1;
  }

  take(place, person) {
    this.has[place * this.people + person] = 0;
    remove(this.heldBy[person], place);
    remove(this.holders[place], person);
    this.total -= 1;
  }

  isShort(place) {
    return this.holders[place].length < this.demands[place];
  }

  hasRoom(person) {
    return this.heldBy[person].length < this.limits[person];
  }

  isFixed(place, person) {
    return this.fixed[place * this.people + person] === 1;
  }

  // As many seats as can be filled at all within these limits.
  fill(limits = this.limits) {
    this.limits = limits;
    this.clear();
    this.demands.forEach((_, place) => this.fillEasily(place));
    while (this.augment());
    return this.total;
  }

  fillEasily(place) {
    const load = (person) => this.heldBy[person].length;
    const open = this.candidates[place].filter((person) => this.hasRoom(person));
    open.sort((a, b) => load(a) - load(b));
    for (const person of open.slice(0, this.demands[place])) this.give(place, person);
  }

  // One seat more, by moving people around; false when there is no way.
  augment() {
    const search = this.search(this.shortPlaces(), (person) => this.hasRoom(person));
    if (search.end < 0) return false;
    this.follow(search);
    return true;
  }

  shortPlaces() {
    return this.demands.map((_, place) => place).filter((place) => this.isShort(place));
  }

  // From the given places to everyone who could come, from them to every place that could let them go.
  search(places, isEnd) {
    const found = { reachedFrom: new Int32Array(this.people).fill(-1), freedBy: new Map(), people: [], end: -1 };
    const queue = [...places];
    queue.forEach((place) => found.freedBy.set(place, -1));
    let unseen = this.limits.map((_, person) => person);
    for (let next = 0; next < queue.length && unseen.length; next += 1) {
      const place = queue[next];
      const reached = [];
      unseen = this.split(unseen, place, reached);
      for (const person of reached) {
        found.reachedFrom[person] = place;
        found.people.push(person);
        if (isEnd(person)) return { ...found, end: person };
        this.enqueue(person, found.freedBy, queue);
      }
    }
    return found;
  }

  // Those of `unseen` who cannot come to the place; the others are put into `reached`.
  split(unseen, place, reached) {
    const row = place * this.people;
    return unseen.filter((person) => {
      if (!this.may[row + person] || this.has[row + person]) return true;
      reached.push(person);
      return false;
    });
  }

  enqueue(person, freedBy, queue) {
    for (const place of this.heldBy[person]) {
      if (freedBy.has(place) || this.isFixed(place, person)) continue;
      freedBy.set(place, person);
      queue.push(place);
    }
  }

  // The last one reached comes to the place they were reached from; whom it lets go goes one place back.
  follow({ reachedFrom, freedBy, end }) {
    for (let person = end; person >= 0; ) {
      const place = reachedFrom[person];
      const leaving = freedBy.get(place);
      if (leaving >= 0) this.take(place, leaving);
      this.give(place, person);
      person = leaving;
    }
  }
}

function remove(values, value) {
  values[values.indexOf(value)] = values[values.length - 1];
  values.pop();
}
