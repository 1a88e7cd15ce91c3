// Items (§6): of each group the lowest tickets that the leaf does not exclude.
import { compareIds } from "./canonical.js";
import { Tickets } from "./tickets.js";

export class ItemDraw {
  constructor(sealed, seed) {
    this.groups = sealed.items.groups.map(({ id, take }) => ({
      take,
      ids: sealed.items.items.filter((one) => one.group === id).map((one) => one.id),
    }));
    this.tickets = new Tickets(sealed.draw, "items", seed);
  }

  of(leaf) {
    const excluded = new Set(leaf.excluded_items);
    return this.groups.flatMap(({ take, ids }) => {
      const open = ids.filter((one) => !excluded.has(one));
      const drawn = this.tickets.ranked(open, leaf.enterprise).slice(0, take);
      return drawn.map((one) => one.id).sort(compareIds);
    });
  }
}
