import type { AssignmentTarget } from "@shangji/contracts/assignment/schemas";
import { type InTurn, inTurn, nextInRound, served } from "./turns.ts";
import type { Person, Turn } from "./world.ts";

/** Who gets a lead, and where the person has come to in the rule's turns by that, when it has any. */
export interface Picked {
  person: Person;
  turn?: Turn;
}

export interface Choice {
  ruleId: string;
  target: AssignmentTarget;
  /** All whom the rule names, in the order of their ids. */
  named: readonly Person[];
  /** Of those who stand equally, which one; 0 is the first. */
  spread: number;
}

/** Chooses among people who can all take the lead, in the order of their ids. */
export function pickPerson(available: readonly [Person, ...Person[]], choice: Choice): Picked {
  const { ruleId, target, named, spread } = choice;
  if (howToPick(target) === "least_loaded") return { person: oneOf(leastLoaded(available), spread) };
  const weights = weightsOf(target);
  const standing = (person: Person) => inTurn(person, ruleId, weights.get(person.id));
  const [head, ...others] = available;
  const chosen: InTurn = oneOf(nextInRound([standing(head), ...others.map(standing)]), spread);
  return { person: chosen.person, turn: served(chosen, named.map(standing)) };
}

function howToPick(target: AssignmentTarget): "in_turn" | "least_loaded" {
  if (target.kind === "territory" || target.kind === "skill")
    return target.pick === "least_loaded" ? "least_loaded" : "in_turn";
  return target.kind === "round_robin" || target.kind === "weighted" ? "in_turn" : "least_loaded";
}

function weightsOf(target: AssignmentTarget): ReadonlyMap<string, number> {
  return new Map(target.kind === "weighted" ? target.people.map(({ userId, weight }) => [userId, weight]) : []);
}

/** Those who have fewest open leads, first who got one longest ago, or never. */
function leastLoaded(available: readonly [Person, ...Person[]]): readonly Person[] {
  const fewest = Math.min(...available.map(({ tally }) => tally.open));
  return available
    .filter(({ tally }) => tally.open === fewest)
    .sort((left, right) => compare(lastTime(left), lastTime(right)));
}

function lastTime({ tally: { lastAssignedAt } }: Person): number {
  return lastAssignedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastAssignedAt);
}

function compare(left: number, right: number): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function oneOf<T>(equals: readonly T[], spread: number): T {
  return equals[spread % equals.length] as T; // there is always one, as somebody is available
}
