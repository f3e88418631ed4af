import { restorableDays } from "@shangji/contracts/kit/deleted";
import type { Teams } from "../people/ports.ts";
import type { CallContext, Clock } from "./context.ts";
import { DomainError, notFound } from "./domain-error.ts";
import { laneOf } from "./lane.ts";
import type { ChangeTarget } from "./read-for-change.ts";
import type { GraveStore, ListPosition, Page, RecordStore, Stored, StoredRecord, Unshown } from "./record.ts";
import { assertVersion, revise } from "./revise.ts";

/** What every record has, whether it is stored or not. */
type Basic = Omit<StoredRecord, "change" | keyof Unshown>;

interface RestoreDeps<T> {
  records: Pick<RecordStore<T> & GraveStore<T>, "get" | "getDeleted" | "restore">;
  context: CallContext;
}

/**
 * Brings a deleted record back as it was, but for what `fields` says.
 * @throws DomainError `not_found` when it was deleted too long ago or never existed, `conflict` when it is not deleted,
 * `stale_version`, `duplicate_value`, `forbidden`
 */
export async function restoreRecord<T extends Basic>(
  { id, expectedVersion }: ChangeTarget,
  command: string,
  { records, context, fields }: RestoreDeps<T> & { fields?(before: Stored<T>): Promise<Record<string, unknown>> },
): Promise<Stored<T>> {
  const before = await records.getDeleted(id);
  if (!before) throw (await records.get(id)) ? notDeleted() : notFound();
  if (!isRestorable(before, context.clock)) throw notFound();
  assertVersion(before, expectedVersion);
  const patch = { ...(await fields?.(before)), deletedAt: null };
  const after = revise(before, patch, { context, command });
  await records.restore(before, after, context.claim);
  return after;
}

/** Deleted records that can be restored, latest deletion first. */
export async function listRestorable<T extends Basic>(
  input: {
    query: { owner?: string | undefined; team?: string | undefined; limit: number };
    after?: ListPosition | undefined;
  },
  { records, teams, clock }: { records: Pick<GraveStore<T>, "listDeleted">; teams: Teams; clock: Clock },
): Promise<Page<Stored<T>>> {
  const { query, after } = input;
  const page = await records.listDeleted(await laneOf(query, teams), { limit: query.limit, after });
  const items = page.items.filter((record) => isRestorable(record, clock));
  // Behind the first that is too old, all are.
  return items.length < page.items.length ? { items } : { ...page, items };
}

function isRestorable({ deletedAt }: Pick<Unshown, "deletedAt">, clock: Clock): boolean {
  const oldest = clock.now().getTime() - restorableDays * 86_400_000;
  return deletedAt !== undefined && Date.parse(deletedAt) >= oldest;
}

function notDeleted(): DomainError {
  return new DomainError("conflict", "The record is not deleted.");
}
