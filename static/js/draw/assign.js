// People (§5): inspectors and experts are the same assignment of people to places.
import { compareIds } from "./canonical.js";
import { refuse } from "./fault.js";
import { mix } from "./mixing.js";
import { Seating } from "./seating.js";
import { stageKey, Tickets } from "./tickets.js";

const LARGEST = Number.MAX_SAFE_INTEGER;

// `places`: [{id, demand, excluded: Set}], `people`: [{id, limit}].
// Returns {seats: Map(place → ids in seat order), filled, need, load, blocking}. Yields its progress.
export function* assign({ number, stage, seed, places, people }) {
  const tickets = new Tickets(number, stage, seed);
  const problem = numbered(places, people, tickets);
  const need = problem.demands.reduce((sum, one) => sum + one, 0);
  if (need > LARGEST) refuse("席位总数过大，超出 ±(2^53−1)", ["sealed"]);
  const seating = new Seating(problem);
  const filled = seating.fill();
  if (stage === "inspectors" && filled < need)
    return { seats: new Map(), filled, need, load: 0, blocking: blockingSet(seating, problem) };
  yield { done: 0.05 };
  const load = leastLoad(seating, problem, filled);
  const seats = yield* settle(seating, problem, tickets);
  if (filled === need && filled > 0)
    yield* mix({ key: stageKey(number, `${stage}/mix`, seed), problem, limits: seating.limits, seats });
  const named = seats.map((row, place) => [problem.placeIds[place], row.map((one) => problem.personIds[one])]);
  return { seats: new Map(named), filled, need, load, blocking: null };
}

// Places by rising ticket and people by id become numbers; nobody with a limit of 0 counts.
function numbered(places, people, tickets) {
  const able = people.filter((one) => one.limit >= 1).sort((a, b) => compareIds(a.id, b.id));
  const byId = new Map(places.map((one) => [one.id, one]));
  const placeIds = tickets.ranked([...byId.keys()]).map((one) => one.id);
  const inOrder = placeIds.map((id) => byId.get(id));
  return {
    placeIds,
    personIds: able.map((one) => one.id),
    demands: inOrder.map((one) => one.demand),
    limits: able.map((one) => one.limit),
    candidates: inOrder.map(({ excluded }) =>
      able.map((one, person) => (excluded.has(one.id) ? -1 : person)).filter((person) => person >= 0),
    ),
  };
}

// The least number to which every limit can be cut with as many seats filled; the seating then stands at it.
function leastLoad(seating, { limits, demands }, filled) {
  if (!filled) return 0;
  const cut = (load) => limits.map((limit) => Math.min(limit, load));
  let [least, most] = [Math.ceil(filled / limits.length), demands.length];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (seating.fill(cut(middle)) === filled) most = middle;
    else least = middle + 1;
  }
  seating.fill(cut(least));
  return least;
}

// Step 3: each place in turn takes whom it may, as long as the rest can still be seated.
function* settle(seating, problem, tickets) {
  const fixedLoad = new Array(problem.personIds.length).fill(0);
  const seats = [];
  for (let place = 0; place < problem.placeIds.length; place += 1) {
    seats.push(settlePlace(seating, { problem, place, tickets, fixedLoad }));
    if (place % 16 === 15) yield { done: 0.1 + (0.3 * place) / problem.placeIds.length };
  }
  return seats;
}

function settlePlace(seating, { problem, place, tickets, fixedLoad }) {
  const taken = [];
  if (!problem.demands[place]) return taken;
  for (const person of byTicket(problem, place, tickets)) {
    if (taken.length === problem.demands[place]) break;
    if (fixedLoad[person] >= seating.limits[person] || !canFix(seating, place, person)) continue;
    fixedLoad[person] += 1;
    taken.push(person);
  }
  return taken;
}

function byTicket({ candidates, personIds, placeIds }, place, tickets) {
  const numberOf = new Map(candidates[place].map((person) => [personIds[person], person]));
  return tickets.ranked([...numberOf.keys()], placeIds[place]).map((one) => numberOf.get(one.id));
}

// Give the pair for good, if as many seats as before can still be filled; otherwise leave all as it was.
function canFix(seating, place, person) {
  const pair = place * seating.people + person;
  if (seating.has[pair]) return (seating.fixed[pair] = 1) === 1;
  const freed = makeRoom(seating, place, person);
  seating.give(place, person);
  seating.fixed[pair] = 1;
  if (freed.length < 2 || seating.augment()) return true;
  seating.fixed[pair] = 0;
  seating.take(place, person);
  for (const [at, who] of freed) seating.give(at, who);
  return false;
}

function makeRoom(seating, place, person) {
  const freed = [];
  if (!seating.isShort(place))
    freed.push([place, seating.holders[place].find((one) => !seating.isFixed(place, one))]);
  if (!seating.hasRoom(person))
    freed.push([seating.heldBy[person].find((one) => !seating.isFixed(one, person)), person]);
  for (const [at, who] of freed) seating.take(at, who);
  return freed;
}

// Who is in the way: everything that can be reached from the places with an empty seat.
function blockingSet(seating, { placeIds, personIds, demands }) {
  const { freedBy, people } = seating.search(seating.shortPlaces(), () => false);
  const places = reachedPlaces(seating, freedBy, people);
  return {
    enterprises: places.map((place) => placeIds[place]).sort(compareIds),
    have: places.reduce((sum, place) => sum + seating.holders[place].length, 0),
    inspectors: people.map((person) => personIds[person]).sort(compareIds),
    need: places.reduce((sum, place) => sum + demands[place], 0),
  };
}

// The search stops when nobody is left to reach; the places of the last ones still count.
function reachedPlaces(seating, freedBy, people) {
  const places = new Set(freedBy.keys());
  for (const person of people) for (const place of seating.heldBy[person]) places.add(place);
  return [...places];
}
