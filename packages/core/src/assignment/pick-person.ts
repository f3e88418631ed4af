import type { AssignmentTarget } from "@shangji/contracts/assignment/schemas";
import type { Cursor, Person } from "./world.ts";

/** Whose turn it is, and where the rule has come to by that. */
export interface Picked {
  person: Person;
  cursor?: Cursor;
}

/** Chooses among people who can all take the lead, in the order of their ids. */
export function pickPerson(
  target: AssignmentTarget,
  available: readonly [Person, ...Person[]],
  cursor: Cursor | undefined,
): Picked {
  switch (howToPick(target)) {
    case "round_robin":
      return servedLongestAgo(available, cursor?.kind === "round_robin" ? cursor : undefined);
    case "weighted":
      return mostInCredit(available, weightsOf(target), cursor?.kind === "weighted" ? cursor : undefined);
    case "least_loaded":
      return { person: first(available, isLessLoaded) };
  }
}

function howToPick(target: AssignmentTarget): "round_robin" | "weighted" | "least_loaded" {
  if (target.kind === "territory" || target.kind === "skill") return target.pick;
  return target.kind === "round_robin" || target.kind === "weighted" ? target.kind : "least_loaded";
}

/** Beyond this the longest ago are forgotten, which leaves them in front. */
const mostServed = 1_000;

/**
 * Whoever was served longest ago, or never. Somebody who could not take a turn stays in front, and gets one lead when back, not
 * all that was missed.
 */
function servedLongestAgo(
  available: readonly [Person, ...Person[]],
  cursor: Extract<Cursor, { kind: "round_robin" }> = { kind: "round_robin", turn: 0, served: {} },
): Picked {
  const served = new Map(Object.entries(cursor.served));
  const person = first(available, (left, right) => (served.get(left.id) ?? 0) < (served.get(right.id) ?? 0));
  const turn = cursor.turn + 1;
  served.set(person.id, turn);
  const kept = [...served].sort(([, left], [, right]) => right - left).slice(0, mostServed);
  return { person, cursor: { kind: "round_robin", turn, served: Object.fromEntries(kept) } };
}

/**
 * Smooth weighted round robin, as nginx does it: all who are there gain their weight, and the one with most pays for all. Who is
 * out neither gains nor pays.
 */
function mostInCredit(
  available: readonly [Person, ...Person[]],
  weights: ReadonlyMap<string, number>,
  cursor: Extract<Cursor, { kind: "weighted" }> = { kind: "weighted", turn: 0, credit: {} },
): Picked {
  // Of those who are no longer named nothing is kept.
  const credit = new Map(Object.entries(cursor.credit).filter(([id]) => weights.has(id)));
  const creditOf = ({ id }: Person) => credit.get(id) ?? 0;
  let sum = 0;
  for (const person of available) {
    const weight = weights.get(person.id) ?? 0;
    credit.set(person.id, creditOf(person) + weight);
    sum += weight;
  }
  const person = first(available, (left, right) => creditOf(left) > creditOf(right));
  credit.set(person.id, creditOf(person) - sum);
  return { person, cursor: { kind: "weighted", turn: cursor.turn + 1, credit: Object.fromEntries(credit) } };
}

function weightsOf(target: AssignmentTarget): ReadonlyMap<string, number> {
  return new Map(target.kind === "weighted" ? target.people.map(({ userId, weight }) => [userId, weight]) : []);
}

/** Fewer open leads first, then who got one longest ago, or never. */
function isLessLoaded({ tally: left }: Person, { tally: right }: Person): boolean {
  if (left.open !== right.open) return left.open < right.open;
  return lastTime(left) < lastTime(right);
}

function lastTime({ lastAssignedAt }: Person["tally"]): number {
  return lastAssignedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastAssignedAt);
}

/** The first before which none of the others comes. */
function first<T>([head, ...others]: readonly [T, ...T[]], comesBefore: (left: T, right: T) => boolean): T {
  return others.reduce((best, each) => (comesBefore(each, best) ? each : best), head);
}
