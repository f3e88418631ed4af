import { idempotencyKeptSeconds } from "@shangji/contracts/kit/idempotency";
import { type Belonging, isVisible } from "@shangji/core/access/viewer";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import {
  type DirectoryStore,
  type GraveStore,
  type Lane,
  type LanePart,
  type LaneStore,
  nobody,
  type Page,
  type PageRequest,
  type Part,
  type PartStore,
  type RecordStore,
  type Selection,
  type Stored,
  statusOrders,
  type UniqueValue,
} from "@shangji/core/kit/record";
import { ValueTaken } from "@shangji/core/kit/value-taken";
import { readBudget } from "@shangji/core/lists/read-budget";

interface Basic {
  id: string;
  version: number;
  updatedAt: string;
}

/** Values that at most one living record may have. */
export type UniquesOf<T> = (record: T) => UniqueValue[];

const sortField = { updated: "updatedAt", closing: "expectedCloseDate", amount: "baseAmountMinor" } as const;
const laneField = { owner: "ownerId", team: "teamId", stage: "stageId", account: "accountId" } as const;

/** A record store in memory. It is proven equal to the real one by the conformance suite. */
export function fakeRecordStore<T extends Basic>(
  ownUniquesOf: UniquesOf<T> = externalIdOf,
): RecordStore<T> & PartStore<T> & LaneStore<T> & GraveStore<T> & DirectoryStore<T> {
  const uniquesOf = (record: Stored<T>) => [...ownUniquesOf(record), ...(record.held ?? [])];
  const records = new Map<string, Stored<T>>();
  const claims = takenClaims();
  const living = () => [...records.values()].filter((record) => record.deletedAt === undefined);
  const read = (id: string) => {
    const record = records.get(id);
    return record && record.deletedAt === undefined ? structuredClone(record) : undefined;
  };

  function assertFree(record: Stored<T>): void {
    const others = living().filter(({ id }) => id !== record.id);
    const taken = uniquesOf(record).flatMap((unique) => {
      const holder = others.find((other) => uniquesOf(other).some((one) => isSame(one, unique)));
      return holder ? [{ field: unique.field, recordId: holder.id }] : [];
    });
    if (taken.length > 0) throw new ValueTaken(taken);
  }

  function replace(before: Stored<T>, after: Stored<T>): void {
    if (records.get(before.id)?.version !== before.version) throw conflict();
    if (after.deletedAt === undefined) assertFree(after);
    records.set(after.id, stored(after));
  }

  return {
    get: async (id) => read(id),
    async getMany(ids) {
      return new Map(ids.flatMap((id) => (read(id) ? [[id, read(id) as Stored<T>]] : []))); // just read
    },
    async getParts<F extends keyof Stored<T>>(ids: readonly string[], fields: readonly F[]) {
      const kept = new Set<PropertyKey>(["id", "ownerId", "teamId", ...fields]);
      const partOf = (record: Stored<T>) =>
        Object.fromEntries(Object.entries(record).filter(([field]) => kept.has(field)));
      return new Map(
        ids.flatMap((id) => {
          const record = read(id);
          return record ? [[id, partOf(record) as Part<Stored<T>, F>] as const] : []; // made of those fields
        }),
      );
    },
    async create(record, claim) {
      claims.assertFree(claim);
      if (records.has(record.id)) throw conflict();
      assertFree(record);
      records.set(record.id, stored(record));
      claims.take(claim);
    },
    async update(before, after, claim) {
      claims.assertFree(claim);
      replace(before, after);
      claims.take(claim);
    },
    remove: async (before, after) => replace(before, after),
    async survivorOf(id) {
      let record = records.get(id);
      while (record?.mergedInto !== undefined) record = records.get(record.mergedInto);
      return record && record.id !== id ? read(record.id)?.id : undefined;
    },
    async getDeleted(id) {
      const record = records.get(id);
      const isDeleted = record?.deletedAt !== undefined && record.mergedInto === undefined;
      return isDeleted ? structuredClone(record) : undefined;
    },
    listDeleted: async (lane, page) =>
      pageOf(
        inLane(
          [...records.values()].filter(({ deletedAt }) => deletedAt !== undefined),
          lane,
        ),
        page,
      ),
    async restore(before, after, claim) {
      claims.assertFree(claim);
      replace(before, after);
      claims.take(claim);
    },
    async getByUnique(unique) {
      const holder = living().find((record) => uniquesOf(record).some((taken) => isSame(taken, unique)));
      return holder && read(holder.id);
    },
    async findByUnique(field, values) {
      const taken = living().flatMap((record) => uniquesOf(record).map((unique) => ({ ...unique, id: record.id })));
      return new Map(
        taken.flatMap((one) => (one.field === field && values.includes(one.value) ? [[one.value, one.id]] : [])),
      );
    },
    async list(laneOrPage: Lane | PageRequest, page?: PageRequest): Promise<Page<Stored<T>>> {
      if (page) return pageOf(inLane(living(), laneOrPage as Lane), page); // two arguments: a lane and a page
      return pageOf(byId(living()), laneOrPage as PageRequest); // one argument: a page
    },
    async select(selection, page) {
      return selectedPage(inParts(living(), selection.lanes), selection, page);
    },
    async gather(lanes, most) {
      const found = living().filter((record) => lanes.some((part) => isInLane(record, part)));
      if (found.length > most) return undefined;
      return structuredClone(inParts(found, lanes));
    },
    all: async () => byId(living()).map((record) => structuredClone(record)),
    cached: async (id) => read(id),
  };
}

/** The unique value of a record's id in the system it came from. */
export function externalIdOf(record: object): UniqueValue[] {
  const { externalId } = record as { externalId?: { source: string; id: string } }; // any record may have one
  return externalId ? [{ field: "externalId", value: `${externalId.source}#${externalId.id}` }] : [];
}

/** Claims by key, with the time until which they are taken. */
function takenClaims() {
  const until = new Map<string, number>();
  return {
    assertFree(claim: IdempotencyClaim | undefined): void {
      if (claim && (until.get(claim.key) ?? 0) > claim.at.getTime())
        throw new DomainError("idempotency_in_progress", "");
    },
    take(claim: IdempotencyClaim | undefined): void {
      if (claim) until.set(claim.key, claim.at.getTime() + idempotencyKeptSeconds * 1000);
    },
  };
}

function stored<T extends object>(record: T): T {
  const kept = Object.entries(record).filter(([, value]) => value !== undefined && value !== null);
  return structuredClone(Object.fromEntries(kept)) as T; // without the gaps that no store keeps
}

function isSame(left: UniqueValue, right: UniqueValue): boolean {
  return left.field === right.field && left.value === right.value;
}

function byId<T extends Basic>(records: T[]): T[] {
  return records.sort((left, right) => (left.id < right.id ? -1 : 1));
}

function inLane<T extends Basic>(records: T[], lane: Lane): T[] {
  const field = (record: T, name: string) => (record as Record<string, unknown>)[name] ?? "-"; // any record may be read by name
  const seen = (record: T) => isVisible(lane.within, record as Belonging); // records may belong to nobody
  const found =
    lane.by === "all" && lane.within
      ? records.filter(seen)
      : lane.by === "all"
        ? records.filter((record) => [...lane.teamIds, "-"].includes(String(field(record, "teamId"))))
        : records.filter((record) => field(record, laneField[lane.by]) === lane.id && seen(record));
  return found.sort((left, right) =>
    left.updatedAt > right.updatedAt ? -1 : left.updatedAt < right.updatedAt ? 1 : 0,
  );
}

const fieldOf = (record: object, name: string) => (record as Record<string, unknown>)[name]; // any record may be read by name

function isInLane(record: object, { by, id, status }: LanePart): boolean {
  const isOfStatus = status === undefined || fieldOf(record, "status") === status;
  return (fieldOf(record, laneField[by]) ?? nobody) === id && isOfStatus;
}

function inParts<T extends Basic>(records: T[], parts: readonly LanePart[]): T[] {
  return records.filter((record) =>
    parts.some(
      (part) => isInLane(record, part) && (part.without === undefined || fieldOf(record, "ownerId") !== part.without),
    ),
  );
}

/** A page of a selection: looks at as many records as the real store does, and counts them in its position. */
function selectedPage<T extends Basic>(
  records: Stored<T>[],
  { order, range = {}, beside, where }: Selection<T>,
  { limit, after }: PageRequest,
): Page<Stored<T>> {
  const sort = (record: T) => fieldOf(record, sortField[order.by]) as string | number | undefined; // it sorts by these
  const isIn = (record: T) => {
    const value = sort(record);
    if (value === undefined) return range.from === undefined && range.to === undefined;
    return !(range.from !== undefined && value < range.from) && !(range.to !== undefined && value > range.to);
  };
  const compare = (left: T, right: T) => {
    const [one, other] = [sort(left), sort(right)];
    if (one === other) return left.id < right.id ? -1 : 1;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    return one < other === order.descending ? 1 : -1;
  };
  const all = [...records, ...beside].filter(isIn).sort(compare);
  const most = statusOrders.includes(order.by) ? readBudget.lookups : readBudget.records;
  const start = Number(after?.offset ?? 0);
  const items: Stored<T>[] = [];
  for (const [index, record] of all.slice(start, start + most).entries()) {
    if (!where(structuredClone(record))) continue;
    if (items.length === limit) return { items, next: { offset: start + index } };
    items.push(structuredClone(record));
  }
  return start + most < all.length ? { items, next: { offset: start + most } } : { items };
}

function pageOf<T>(records: Stored<T>[], { limit, after }: PageRequest): Page<Stored<T>> {
  const start = Number(after?.offset ?? 0);
  const items = records.slice(start, start + limit).map((record) => structuredClone(record));
  return start + limit < records.length ? { items, next: { offset: start + limit } } : { items };
}

function conflict(): DomainError {
  return new DomainError("conflict", "The record was changed at the same time.");
}
