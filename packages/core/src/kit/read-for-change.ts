import { notFound } from "./domain-error.ts";
import type { RecordStore, Stored } from "./record.ts";
import { assertVersion } from "./revise.ts";

/** What a change names: the record, and the version that the caller has read. */
export interface ChangeTarget {
  id: string;
  expectedVersion?: number | undefined;
}

/** The record as it is before a change. @throws DomainError `not_found`, `stale_version` */
export async function readForChange<T extends { version: number }>(
  store: Pick<RecordStore<T>, "get">,
  { id, expectedVersion }: ChangeTarget,
): Promise<Stored<T>> {
  const before = await store.get(id);
  if (!before) throw notFound();
  assertVersion(before, expectedVersion);
  return before;
}
