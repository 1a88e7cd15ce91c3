// Who stands where after the draw and the amendments so far, and whom the person rule (§9) names next.
import { ItemDraw } from "./items.js";
import { Tickets } from "./tickets.js";
import { STAGES } from "./draw.js";

export class Standing {
  constructor({ sealed, seed, selection, leaves, result }) {
    Object.assign(this, { sealed, seed, selection });
    this.leaves = new Map(leaves);
    this.entries = result.drawn.map((one) => ({ ...one, experts: [...one.experts], inspectors: [...one.inspectors] }));
    this.blocked = result.blocked !== null;
    this.used = new Set(result.drawn.map((one) => one.enterprise));
    this.items = new ItemDraw(sealed, seed);
    this.tickets = byStage((stage) => new Tickets(sealed.draw, stage, seed));
    this.limits = byStage((stage) => new Map(sealed[stage].people.map((one) => [one.id, one.limit])));
    this.unavailable = byStage(() => new Set());
    this.barred = byStage(() => new Map());
  }

  entry(enterprise) {
    return this.entries.find((one) => one.enterprise === enterprise);
  }

  // By its leaf, by an addition, or recused since.
  mayNotCome(stage, enterprise, person) {
    return (
      this.leaves.get(enterprise)[`excluded_${stage}`].includes(person) ||
      Boolean(this.barred[stage].get(enterprise)?.has(person))
    );
  }

  bar(stage, enterprise, people) {
    const before = this.barred[stage].get(enterprise) ?? [];
    this.barred[stage].set(enterprise, new Set([...before, ...people]));
  }

  excludedAt(stage, enterprise) {
    return new Set([...this.leaves.get(enterprise)[`excluded_${stage}`], ...(this.barred[stage].get(enterprise) ?? [])]);
  }

  // The person rule: the lowest ticket of those who may come, are not there, and have room. `seated` are there now.
  nextPerson(stage, enterprise, seated) {
    const load = this.loads(stage);
    const open = [...this.limits[stage]]
      .filter(([person, limit]) => limit >= 1 && (load.get(person) ?? 0) < limit)
      .map(([person]) => person)
      .filter((person) => !seated.includes(person) && !this.unavailable[stage].has(person))
      .filter((person) => !this.mayNotCome(stage, enterprise, person));
    return this.tickets[stage].lowest(open, enterprise);
  }

  loads(stage) {
    const load = new Map();
    for (const one of this.entries) for (const person of one[stage]) load.set(person, (load.get(person) ?? 0) + 1);
    return load;
  }

  // The entry of an enterprise that comes in: its items, then seat after seat by the person rule.
  seat(next, leaf) {
    const entry = { ...next, experts: [], inspectors: [], items: this.items.of(leaf) };
    const wanted = { inspectors: this.sealed.inspectors.per_enterprise, experts: leaf.experts_wanted };
    for (const stage of STAGES) {
      while (entry[stage].length < wanted[stage]) {
        const person = this.nextPerson(stage, next.enterprise, entry[stage]);
        if (person === null) break;
        entry[stage].push(person);
      }
    }
    return entry;
  }
}

const byStage = (make) => Object.fromEntries(STAGES.map((stage) => [stage, make(stage)]));
