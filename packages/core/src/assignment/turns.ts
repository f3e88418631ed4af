import type { Person, Turn } from "./world.ts";

/** Somebody whom a rule names, and where the person stands in its turns. */
export interface InTurn {
  person: Person;
  /** Places that the person has in a round: the weight, and one where there are no weights. */
  weight: number;
  turn: Turn;
}

const none: Turn = { round: 0, used: 0, last: 0 };

/** Where somebody stands in the turns of a rule; who was never served stands at the beginning. */
export function inTurn(person: Person, ruleId: string, weight = 1): InTurn {
  const { turns = {} } = person.tally;
  const turn = (Object.hasOwn(turns, ruleId) ? turns[ruleId] : undefined) ?? none;
  // A weight may have become less than what was used of it.
  return { person, weight, turn: turn.used < weight ? turn : { ...turn, round: turn.round + 1, used: 0 } };
}

/**
 * Those who are still to be served before anybody begins another round, in the order in which they would be one after the other:
 * whoever was served longest ago first, with weights by how much of their own places they have had.
 *
 * Whichever of them is served, nobody gets more than a round ahead, whatever is decided at the same time: the write of a decision
 * holds on condition that the chosen one still is in the lowest round that was read, and the others cannot have fallen behind it
 * since, as rounds only grow. So people share nothing that a decision would have to wait for but the one whom it chooses.
 */
export function nextInRound(available: readonly [InTurn, ...InTurn[]]): readonly InTurn[] {
  const round = Math.min(...available.map(({ turn }) => turn.round));
  // With weights each round is to be like the one before it, so that every run of as many leads is a round.
  const isEven = available.every(({ weight }) => weight === 1);
  return available.filter(({ turn }) => turn.round === round).sort(isEven ? byLast : byPlace);
}

function byLast({ turn: left }: InTurn, { turn: right }: InTurn): number {
  return left.last - right.last;
}

/** By the middles of equal parts of a round (Webster's method), so that places of several people lie among each other. */
function byPlace(left: InTurn, right: InTurn): number {
  return (2 * left.turn.used + 1) * right.weight - (2 * right.turn.used + 1) * left.weight;
}

/**
 * The turn of somebody who is served. Who is two rounds behind was out for at least one of them, and takes the place that the
 * others have come to, rather than all that was missed. `named` are all whom the rule names, there or not.
 */
export function served(chosen: InTurn, named: readonly InTurn[]): Turn {
  const last = 1 + Math.max(...named.map(({ turn }) => turn.last));
  const others = named.filter(({ person }) => person.id !== chosen.person.id);
  const foremost = Math.max(0, ...others.map(({ turn }) => turn.round));
  const { round, used } = chosen.turn.round < foremost - 1 ? caughtUp(chosen, others, foremost) : chosen.turn;
  return used + 1 < chosen.weight ? { round, used: used + 1, last } : { round: round + 1, used: 0, last };
}

/** In the round that the others are in, with as much of it used as whoever has used least of it. */
function caughtUp({ weight }: InTurn, others: readonly InTurn[], foremost: number): Pick<Turn, "round" | "used"> {
  const round = others.some(({ turn }) => turn.round === foremost - 1) ? foremost - 1 : foremost;
  const there = others.filter(({ turn }) => turn.round === round);
  const used = Math.min(...there.map((each) => Math.floor((each.turn.used * weight) / each.weight)));
  return { round, used };
}
