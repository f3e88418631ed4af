import type { Change } from "@shangji/contracts/kit/primitives";
import { entityOf } from "../kit/ids.ts";
import type { ErasureDeps, LedgerEntry, StorePosition, Subject, SubjectRecord } from "./ports.ts";

/** How far an erasure is: the store that it is at, and where in it. */
export interface ErasureProgress {
  store: string;
  position?: StorePosition;
  items: number;
}

/** Who is to be erased, by whose request. */
export interface Erasure extends Pick<LedgerEntry, "subjectId" | "requestId"> {
  /** Who has asked for it. */
  actorId: string;
}

/**
 * Does the next piece of an erasure; undefined when nothing is left. It may be stopped anywhere and begun again anywhere:
 *
 * 1. The ledger has the person first, so that whatever happens next is finished by a retry, or by the replay of a restore.
 * 2. The key is forgotten, so that nothing new can be written readably; then the record is closed, so that nobody can add to
 *    it. Its values stay, as other stores are found by them.
 * 3. Store after store is emptied.
 * 4. Only then do the values of the record go.
 */
export async function eraseNext(
  erasure: Erasure,
  progress: ErasureProgress | undefined,
  deps: ErasureDeps,
): Promise<ErasureProgress | undefined> {
  const [first] = deps.stores;
  if (!progress || !first) {
    await close(erasure, deps);
    return first && { store: first.name, items: 0 };
  }
  const record = await deps.records.get(erasure.subjectId);
  const subject = subjectFrom(erasure.subjectId, record);
  const at = deps.stores.findIndex(({ name }) => name === progress.store);
  const done = await deps.stores[at]?.erase(subject, progress.position);
  const items = progress.items + (done?.items ?? 0);
  if (done?.next) return { store: progress.store, position: done.next, items };
  const next = deps.stores[at + 1];
  if (next) return { store: next.name, items };
  if (record?.erasure !== undefined) await deps.records.strip(record, tombstoneOf(record));
  return undefined;
}

/** Erases a person from begin to end, for work that is no request's, such as a replay after a restore. */
export async function eraseSubject(erasure: Erasure, deps: ErasureDeps): Promise<void> {
  let progress: ErasureProgress | undefined;
  do progress = await eraseNext(erasure, progress, deps);
  while (progress);
}

async function close({ subjectId, requestId, actorId }: Erasure, deps: ErasureDeps): Promise<void> {
  const { records, keys, ledger, clock } = deps;
  const at = clock.now().toISOString();
  await ledger.add({ subjectId, requestId, at });
  await keys.erase(subjectId, at);
  const before = await records.get(subjectId);
  // Whoever was merged into the record is the same person, and has a key and copies of their own.
  for (const id of before?.absorbed ?? []) {
    await ledger.add({ subjectId: id, requestId, at });
    await keys.erase(id, at);
  }
  if (!before || before.erasure !== undefined) return;
  const change: Change = { actorId, at, command: "eraseSubject", source: "workflow", requestId };
  const closed = { deletedAt: at, ...before, erasure: requestId, version: before.version + 1, updatedAt: at, change };
  await records.close(before, closed);
}

/** The person as other stores know them. */
export function subjectFrom(id: string, record: SubjectRecord | undefined): Subject {
  if (!record) return { id, traits: {} };
  const { name, email, phone, externalId } = record;
  const known = Object.entries({ name, email, phone, externalId }).filter(([, value]) => value);
  return { id, traits: Object.fromEntries(known) };
}

/** What is left: that there was someone, and that they were erased. It is the version of the closed record: nothing new. */
function tombstoneOf({ id, version, createdAt, updatedAt, deletedAt, change, erasure }: SubjectRecord): SubjectRecord {
  // A user has no tags, and is nobody who may enter.
  const own = entityOf(id) === "user" ? { active: false } : { tags: [] };
  return { id, name: "", ...own, version, createdAt, updatedAt, deletedAt, change, erasure } as SubjectRecord; // of its kind
}

/** Whether nothing personal is left in a record. */
export function isErased(record: SubjectRecord | undefined): boolean {
  if (!record) return true;
  const left = tombstoneOf(record);
  return record.erasure !== undefined && Object.keys(record).every((field) => field in left) && record.name === "";
}
