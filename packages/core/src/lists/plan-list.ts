import type { Visibility } from "../access/viewer.ts";
import type { Resolved, Term } from "../conditions/resolved.ts";
import { type LanePart, nobody, type OrderName, type Selection, statusOrders } from "../kit/record.ts";
import type { LaneSizes, ListedKind } from "./listed-kind.ts";
import { readBudget } from "./read-budget.ts";
import type { Sort } from "./sort.ts";

export interface Wanted {
  kind: ListedKind;
  where: Resolved;
  sort: Sort;
  visibility: Visibility;
  /** All teams of the organisation. */
  teamIds: readonly string[];
}

/** One way to read a list. */
export interface Plan {
  /** Names the way, so that the following pages go on with it. */
  name: string;
  lanes: readonly LanePart[];
  /** The kept order that is read; without one the lanes are read as a whole and sorted. */
  order?: OrderName;
  range?: NonNullable<Selection<never>["range"]>;
  /** Lanes that are read as a whole and take their places in the order. */
  beside: readonly LanePart[];
  /** Whether what is shared with the caller is in none of the lanes. */
  besideShared: boolean;
  /** Whether the lanes hold just what is wanted. */
  isExact: boolean;
}

/** A page of more lanes than this would spend its budget on asking. */
const mostLanes = 100;

/** Every way in which a list can be read, whatever it costs. */
export function possiblePlans(wanted: Wanted): Plan[] {
  const { kind, sort } = wanted;
  const terms = conjuncts(wanted.where);
  const order = kind.orders[sort.field];
  const plans = lanePlans(wanted, terms).map((plan) =>
    order && !isOfStatus(order) ? inOrder(plan, order, wanted) : plan,
  );
  if (order && isOfStatus(order)) plans.push(statusPlan(order, wanted, terms));
  // Whatever the number of teams, the latest changes of all of them can be read.
  return plans.filter(
    ({ name, lanes, order: by }) =>
      lanes.length <= mostLanes || (by === "updated" && ["all", "visible"].includes(name)),
  );
}

export function isOfStatus(order: OrderName): boolean {
  return statusOrders.includes(order);
}

function inOrder(plan: Plan, order: OrderName, wanted: Wanted): Plan {
  return { ...plan, order, ...rangeOf(wanted) };
}

/** The lanes that the condition names, and all that the caller may see. */
function lanePlans({ kind, where, sort, visibility, teamIds }: Wanted, terms: readonly Resolved[]): Plan[] {
  const rest = { beside: [], besideShared: false };
  const ordered = kind.orders[sort.field] === "updated" ? [sort.field] : [];
  const named = Object.entries(kind.lanes).flatMap(([by, field]): Plan[] => {
    const ids = valuesNamed(terms, field);
    if (!ids) return [];
    const lanes = ids.map((id): LanePart => ({ by: by as LanePart["by"], id })); // keys of `lanes`
    const isExact = lanes.every((lane) => isWhollyVisible(lane, visibility)) && covers(where, [field, ...ordered]);
    return [{ name: by, lanes, ...rest, isExact }];
  });
  const isExact = covers(where, ordered);
  if (!visibility) {
    const lanes = [...teamIds, nobody].map((id): LanePart => ({ by: "team", id }));
    return [...named, { name: "all", lanes, ...rest, isExact }];
  }
  const { ownerId, teamIds: seen } = visibility;
  const lanes: LanePart[] = [{ by: "owner", id: ownerId }, ...seen.map((id) => teamLane(id, ownerId))];
  return [...named, { name: "visible", lanes, beside: [], besideShared: true, isExact }];
}

function teamLane(id: string, without: string): LanePart {
  return { by: "team", id, without };
}

/**
 * Orders that are kept for teams and statuses. What a caller owns in other teams, and what is shared, is read beside them:
 * it is little.
 */
function statusPlan(order: OrderName, wanted: Wanted, terms: readonly Resolved[]): Plan {
  const { kind, where, visibility, teamIds } = wanted;
  const named = kind.lanes.team === undefined ? undefined : valuesNamed(terms, kind.lanes.team);
  const statuses = valuesNamed(terms, "status") ?? kind.fields.status?.values ?? [];
  const seen = visibility ? visibility.teamIds : [...teamIds, nobody];
  const teams = named ? named.filter((id) => !visibility || seen.includes(id)) : seen;
  const without = visibility?.ownerId;
  const lanes = teams.flatMap((id) =>
    statuses.map((status): LanePart => ({ by: "team", id, status, ...(without === undefined ? {} : { without }) })),
  );
  const isExact = covers(where, ["status", wanted.sort.field, ...(named ? [kind.lanes.team ?? ""] : [])]);
  return {
    name: order,
    lanes,
    order,
    ...rangeOf(wanted),
    beside: without === undefined ? [] : [{ by: "owner", id: without }],
    besideShared: visibility !== undefined,
    isExact,
  };
}

function isWhollyVisible({ by, id }: LanePart, visibility: Visibility): boolean {
  if (!visibility) return true;
  return (by === "owner" && id === visibility.ownerId) || (by === "team" && visibility.teamIds.includes(id));
}

/** What must all hold for a record to be wanted. */
export function conjuncts(where: Resolved): Resolved[] {
  return where.form === "all" ? where.parts.flatMap(conjuncts) : [where];
}

function termsOn(terms: readonly Resolved[], field: string): Term[] {
  return terms.flatMap((part) => (part.form === "term" && part.term.name === field ? [part.term] : []));
}

/** The values that the condition allows a field, if it names them. */
export function valuesNamed(terms: readonly Resolved[], field: string): string[] | undefined {
  const sets = termsOn(terms, field).flatMap(({ tests }) =>
    tests.flatMap((test) => (test.is === "in" ? [test.values] : [])),
  );
  const [first, ...others] = sets;
  return first && [...first].map(String).filter((value) => others.every((set) => set.has(value)));
}

/** Whether the condition says nothing but which values these fields have. */
function covers(where: Resolved, fields: readonly string[]): boolean {
  return conjuncts(where).every(
    (part) =>
      part.form === "term" &&
      fields.includes(part.term.name) &&
      part.term.tests.every(({ is }) => is === "in" || is === "within"),
  );
}

/** The part of the order that the condition leaves, ends included; the condition itself judges the rest. */
function rangeOf({ where, sort }: Wanted): Pick<Plan, "range"> {
  const tests = termsOn(conjuncts(where), sort.field).flatMap(({ currency, tests }) =>
    currency === undefined ? tests : [],
  );
  const range: NonNullable<Plan["range"]> = {};
  for (const test of tests) {
    if (test.is !== "within") continue;
    if (test.from && (range.from === undefined || test.from.value > range.from)) range.from = test.from.value;
    if (test.to && (range.to === undefined || test.to.value < range.to)) range.to = test.to.value;
  }
  return Object.keys(range).length > 0 ? { range } : {};
}

/** Read units of a record in a lane, of one that is looked up, and of asking once. */
const units = { record: 0.1, lookup: 0.5, request: 0.5 };
/** One of so many records of the smallest lanes meets a condition whose hits nobody has counted. */
const guessedHits = 5;
/** Records of lanes that nobody counts. */
const guessedSizes = { account: 20, owner: 500, team: 10_000, stage: 10_000 };

/** A plan with what it is likely to read. */
export interface CostedPlan extends Plan {
  /** Read units of the first page. */
  cost: number;
  /** Records that the first page looks at. */
  expected: number;
}

/** The plans that stay within the read budget, the cheapest first. */
export function affordablePlans(plans: readonly Plan[], sizes: LaneSizes, limit: number): CostedPlan[] {
  // However a list is read, its hits are the same; the larger the lanes, the thinner they lie in them.
  const smallest = Math.min(...plans.map(({ lanes }) => likelySize(lanes, sizes)));
  const hits = Math.max(smallest / guessedHits, 1);
  return plans
    .flatMap((plan) => costed(plan, { sizes, hits, page: limit + 1 }) ?? [])
    .sort((left, right) => left.cost - right.cost || left.lanes.length - right.lanes.length);
}

interface Guess {
  sizes: LaneSizes;
  hits: number;
  /** Records that make a page and tell that there is another one. */
  page: number;
}

function costed(plan: Plan, guess: Guess): CostedPlan | undefined {
  const { lanes, beside, order } = plan;
  const { sizes } = guess;
  // A lane may have grown since it was counted; whoever reads it stops at the budget.
  const isTooLarge = (parts: readonly LanePart[]) => knownSize(parts, sizes) > readBudget.records;
  if (isTooLarge(beside) || (!order && isTooLarge(lanes))) return undefined;
  const expected = expectedOf(plan, guess);
  const unit = order && isOfStatus(order) ? units.lookup : units.record;
  const requests = (lanes.length + beside.length) * units.request;
  return { ...plan, expected, cost: expected * unit + likelySize(beside, sizes) * units.record + requests };
}

/** Records that a page looks at: all, just its own, or as many as hold enough hits, up to the budget. */
function expectedOf({ lanes, order, isExact }: Plan, { sizes, hits, page }: Guess): number {
  const size = likelySize(lanes, sizes);
  if (!order) return size;
  if (isExact) return page;
  const most = isOfStatus(order) ? readBudget.lookups : readBudget.records;
  return Math.max(page, Math.min(size, most, Math.ceil((page * size) / hits)));
}

function knownSize(lanes: readonly LanePart[], sizes: LaneSizes): number {
  return lanes.reduce((sum, lane) => sum + (sizes(lane) ?? 0), 0);
}

function likelySize(lanes: readonly LanePart[], sizes: LaneSizes): number {
  return lanes.reduce((sum, lane) => sum + (sizes(lane) ?? guessedSizes[lane.by]), 0);
}
