// Enterprises (§4): in each stratum the lowest tickets are drawn, the rest are its reserves in that order.
import { Tickets } from "./tickets.js";

export class Selection {
  constructor(sealed, seed) {
    this.sealed = sealed;
    const tickets = new Tickets(sealed.draw, "enterprises", seed);
    const pools = new Map(sealed.strata.map((one) => [one.id, []]));
    for (const one of sealed.enterprises) pools.get(one.stratum)?.push(one.id);
    this.order = new Map([...pools].map(([stratum, ids]) => [stratum, tickets.ranked(ids)]));
  }

  // In the order of the strata, then by ticket.
  drawn() {
    return this.sealed.strata.flatMap(({ id: stratum, take }) =>
      this.order.get(stratum).slice(0, take).map(({ id, ticket }) => ({ enterprise: id, stratum, ticket })),
    );
  }

  // The next of a stratum that has not been drawn or brought in yet, or null.
  next(stratum, used) {
    const found = this.order.get(stratum).find(({ id }) => !used.has(id));
    return found ? { enterprise: found.id, stratum, ticket: found.ticket } : null;
  }
}

// How many a sealed record draws, whatever the seed: known from the moment of sealing.
export function drawnCount(sealed) {
  const sizes = new Map(sealed.strata.map((one) => [one.id, 0]));
  for (const { stratum } of sealed.enterprises)
    if (sizes.has(stratum)) sizes.set(stratum, sizes.get(stratum) + 1);
  return sealed.strata.reduce((sum, one) => sum + Math.min(one.take, sizes.get(one.id)), 0);
}
