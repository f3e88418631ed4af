import type { AuditEntry, FieldChange } from "@shangji/contracts/audit/schemas";
import type { NewAuditEntry } from "@shangji/core/audit/ports";
import { isPersonal } from "@shangji/core/protection/personal-data";
import { openText, sealText } from "../../sealing.ts";
import type { SealingKeys } from "../protection/subject-keys.ts";

/** A change as the trail has it: the values of a person stand in `sealed`. */
type StoredChange = FieldChange & { sealed?: string };
export type StoredEntry = Omit<AuditEntry, "changes"> &
  Pick<NewAuditEntry, "subjectId" | "mergedIds"> & { changes: StoredChange[] };

/**
 * Entries as they are written: a person's values are sealed with the person's key, and with those of all who are merged into
 * the record, one over the other: whoever of them is erased later takes the values along. Of a person who was erased before
 * their change came here, only the names of the fields are kept.
 */
export async function sealEntries(
  entries: readonly NewAuditEntry[],
  keys: Pick<SealingKeys, "forSealing">,
): Promise<StoredEntry[]> {
  const known = await keys.forSealing(entries.filter(hasPersonalValues).flatMap(subjectsOf));
  return entries.map((entry) => {
    const { kind, id } = entry;
    const subjects = subjectsOf(entry);
    if (subjects.length === 0) return entry;
    const own = keysOf(subjects, known);
    return { ...entry, changes: entry.changes.map((change) => sealed(change, { kind, id, keys: own })) };
  });
}

function subjectsOf({ subjectId, mergedIds = [] }: Pick<StoredEntry, "subjectId" | "mergedIds">): string[] {
  return subjectId === undefined ? [] : [subjectId, ...mergedIds];
}

/** The keys of all of them, in their order; undefined when one is gone. */
function keysOf(subjects: readonly string[], known: ReadonlyMap<string, string>): string[] | undefined {
  const keys = subjects.flatMap((id) => known.get(id) ?? []);
  return keys.length < subjects.length ? undefined : keys;
}

function hasPersonalValues({ subjectId, kind, changes }: NewAuditEntry): boolean {
  return subjectId !== undefined && changes.some(({ field }) => isPersonal(kind, field));
}

function sealed(
  change: FieldChange,
  { kind, id, keys }: { kind: string; id: string; keys: readonly string[] | undefined },
): StoredChange {
  const { field, from, to, omitted } = change;
  if (!isPersonal(kind, field) || omitted) return change;
  if (keys === undefined) return { field, erased: true };
  const values = JSON.stringify({ from, to });
  return { field, sealed: keys.reduce((text, key) => sealText(text, key, placeOf(id, field)), values) };
}

/** Entries as they are read: opened, or marked as erased where a key is gone. */
export async function openEntries(entries: readonly StoredEntry[], keys: SealingKeys): Promise<AuditEntry[]> {
  const sealedOnes = entries.filter(({ changes }) => changes.some((change) => change.sealed !== undefined));
  const known = await keys.forOpening(sealedOnes.flatMap(subjectsOf));
  return entries.map(({ subjectId, mergedIds, ...entry }) => {
    const own = keysOf(subjectsOf({ subjectId, mergedIds }), known);
    return { ...entry, changes: entry.changes.map((change) => opened(change, entry.id, own)) };
  });
}

function opened({ sealed: text, ...change }: StoredChange, id: string, keys: string[] | undefined): FieldChange {
  if (text === undefined) return change;
  if (keys === undefined) return { field: change.field, erased: true };
  const values = keys.reduceRight((inner, key) => openText(inner, key, placeOf(id, change.field)), text);
  return { ...change, ...(JSON.parse(values) as Partial<FieldChange>) }; // only `sealed` writes it
}

const placeOf = (entryId: string, field: string) => `${entryId}|${field}`;
