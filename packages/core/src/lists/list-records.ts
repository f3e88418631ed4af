import type { Condition } from "@shangji/contracts/kit/condition";
import { hiddenFields } from "../access/field-rules.ts";
import { belongsTo, type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
import { matches } from "../conditions/matches.ts";
import type { Resolved, Scalar } from "../conditions/resolved.ts";
import type { Readable } from "../conditions/values-of.ts";
import type { Clock } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { LanePart, LaneStore, ListPosition, Page, RecordStore, Stored } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { Views } from "../views/ports.ts";
import type { LaneSizes, ListedKind } from "./listed-kind.ts";
import { affordablePlans, type CostedPlan, isOfStatus, possiblePlans } from "./plan-list.ts";
import { type Question, questionOf } from "./question.ts";
import { readBudget } from "./read-budget.ts";
import { refusalOf } from "./refusal.ts";
import { compareSorted, type SortedPlace, sortValue } from "./sort.ts";

/** What a list can be asked; the single parameters are short for terms of the filter. */
export interface ListedQuery {
  limit: number;
  filter?: Condition | undefined;
  sort?: string | undefined;
  fields?: readonly string[] | undefined;
  view?: string | undefined;
  owner?: string | undefined;
  team?: string | undefined;
  account?: string | undefined;
  stage?: string | undefined;
}

export interface ListDeps<T> {
  kind: ListedKind;
  /** The records as the caller sees them. */
  records: LaneStore<T> & Pick<RecordStore<T>, "getMany">;
  teams: Pick<Teams, "all">;
  views: Pick<Views, "get">;
  /** Sizes of lanes, as far as they are known. */
  sizes(lanes: readonly LanePart[]): Promise<LaneSizes>;
  /** What else holds of everything that meets a condition, for the planner alone. @default nothing is known */
  implied?(where: Resolved): Promise<Resolved | undefined>;
  viewer: Viewer;
  clock: Clock;
  /** IANA zone of the organisation. */
  zone: string;
}

/** A page, and which fields of its records to show. */
export interface ShownPage<T> extends Page<Stored<T>> {
  fields?: readonly string[];
}

/** Where a list goes on: how it was read, by which version of a view, and the place in it. */
interface Place {
  plan: string;
  view?: number;
  at: ListPosition;
}

/**
 * The records that a query asks for and the caller may see, in its order. How they are read is chosen by cost on the first
 * page and kept from then on. A page may be short, or empty, and still have a next one.
 * @throws DomainError `invalid_request`, `unknown_reference` (the view), `invalid_cursor`, `query_too_expensive` with what
 * can be asked instead
 */
export async function listRecords<T extends { id: string }>(
  { query, after }: { query: ListedQuery; after?: ListPosition | undefined },
  deps: ListDeps<T>,
): Promise<ShownPage<T>> {
  const place = after as Place | undefined; // made below
  const hidden = hiddenFields(deps.viewer, deps.kind.entity);
  const question = await questionOf(query, { ...deps, hidden });
  if (place && place.view !== question.viewVersion)
    throw new DomainError("invalid_cursor", "The view has been changed meanwhile.");
  const visibility = visibilityOf(deps.viewer, { entity: deps.kind.entity, action: "read" });
  const work: Work<T> = { ...deps, question, visibility, limit: query.limit };
  for (const plan of await plansFor(work, place)) {
    const page = await read(plan, work, place?.at);
    if (!page) continue;
    const { items, next } = page;
    const following = { plan: plan.name, ...(question.viewVersion ? { view: question.viewVersion } : {}) };
    return {
      items,
      ...(next ? { next: { ...following, at: next } satisfies Place } : {}),
      ...(question.fields ? { fields: question.fields } : {}),
    };
  }
  throw refusalOf(question.sort, deps.kind, hidden);
}

interface Work<T> extends ListDeps<T> {
  question: Question;
  visibility: Visibility;
  limit: number;
}

/** The plans to try, one after the other. */
async function plansFor<T>(work: Work<T>, place: Place | undefined): Promise<CostedPlan[]> {
  const { question, kind, limit, visibility } = work;
  const teamIds = (await work.teams.all()).map(({ id }) => id);
  const order = kind.orders[question.sort.field];
  const implied = order && isOfStatus(order) ? await work.implied?.(question.where) : undefined;
  const where: Resolved = implied ? { form: "all", parts: [question.where, implied] } : question.where;
  const plans = possiblePlans({ kind, where, sort: question.sort, visibility, teamIds });
  if (place) {
    const same = affordablePlans(
      plans.filter(({ name }) => name === place.plan),
      () => undefined,
      limit,
    );
    if (same.length === 0)
      throw new DomainError("invalid_cursor", "The list cannot be read on in the way it was begun.");
    return same;
  }
  // Nothing is cheaper than what is wanted, in its order; and that is what most lists are.
  const [simple] = plans.filter(({ order, isExact, beside }) => order === "updated" && isExact && beside.length === 0);
  if (simple) return affordablePlans([simple], () => undefined, limit);
  const sizes = await work.sizes(plans.flatMap(({ lanes, beside }) => [...lanes, ...beside]));
  const [best, ...others] = affordablePlans(plans, sizes, limit);
  // What was believed to be small and is not has been read as far as the budget goes; once is enough.
  return best ? [best, ...others.filter(({ order }) => order)] : [];
}

/** Undefined when more than the budget allows would have to be read. */
async function read<T extends { id: string }>(
  plan: CostedPlan,
  work: Work<T>,
  after: ListPosition | undefined,
): Promise<Page<Stored<T>> | undefined> {
  const { records, question, limit } = work;
  const where = (record: Stored<T>) => matches(question.where, record as Readable, work.zone); // any record can be read by name
  const lanes = plan.order ? plan.beside : plan.lanes;
  const [whole, shared] = await Promise.all([
    records.gather(lanes, readBudget.records),
    plan.besideShared ? sharedRecords(work) : [],
  ]);
  if (!whole) return undefined;
  const found = [...whole, ...shared].filter(where);
  if (!plan.order) return sortedPage(found, work, after as SortedPlace | undefined); // made by sortedPage
  return records.select(
    {
      lanes: plan.lanes,
      order: { by: plan.order, descending: question.sort.descending },
      ...(plan.range ? { range: plan.range } : {}),
      beside: found,
      where,
      expected: plan.expected,
    },
    { limit, after },
  );
}

/** What is shared with the caller and is not visible anyway. */
async function sharedRecords<T>({ records, visibility }: Work<T>): Promise<Stored<T>[]> {
  const shared = await records.getMany(visibility?.recordIds ?? []);
  return [...shared.values()].filter((record) => !belongsTo(visibility, record as object)); // records may belong to nobody
}

function sortedPage<T extends { id: string }>(
  found: readonly Stored<T>[],
  { question: { sort }, kind, zone, limit }: Work<T>,
  after: SortedPlace | undefined,
): Page<Stored<T>> {
  const places = found.map((record) => ({ record, ...placeOf(record) }));
  const following = places
    .filter((place) => !after || compareSorted(place, after, sort.descending) > 0)
    .sort((left, right) => compareSorted(left, right, sort.descending));
  const items = following.slice(0, limit).map(({ record }) => record);
  const last = items.at(-1);
  return following.length > limit && last ? { items, next: { ...placeOf(last) } } : { items };

  function placeOf(record: Stored<T>): { value: Scalar | undefined; id: string } {
    return { value: sortValue(record as Readable, sort, { fields: kind.fields, zone }), id: record.id }; // as above
  }
}
