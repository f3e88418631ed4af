import type { AuditEntry, FieldChange } from "@shangji/contracts/audit/schemas";
import type { NewAuditEntry } from "@shangji/core/audit/ports";
import { isPersonal } from "@shangji/core/protection/personal-data";
import { openText, sealText } from "../../sealing.ts";
import type { SealingKeys } from "../protection/subject-keys.ts";

/** A change as the trail has it: the values of a person stand in `sealed`. */
type StoredChange = FieldChange & { sealed?: string };
export type StoredEntry = Omit<AuditEntry, "changes"> & { changes: StoredChange[]; subjectId?: string };

/**
 * Entries as they are written: a person's values are sealed with the person's key. Of a person who was erased before their
 * change came here, only the names of the fields are kept.
 */
export async function sealEntries(
  entries: readonly NewAuditEntry[],
  keys: Pick<SealingKeys, "forSealing">,
): Promise<StoredEntry[]> {
  const known = await keys.forSealing(entries.filter(hasPersonalValues).flatMap(({ subjectId }) => subjectId ?? []));
  return entries.map((entry) => {
    const { subjectId, kind, id } = entry;
    if (subjectId === undefined) return entry;
    const key = known.get(subjectId);
    return { ...entry, changes: entry.changes.map((change) => sealed(change, { kind, id, key })) };
  });
}

function hasPersonalValues({ subjectId, kind, changes }: NewAuditEntry): boolean {
  return subjectId !== undefined && changes.some(({ field }) => isPersonal(kind, field));
}

function sealed(
  change: FieldChange,
  { kind, id, key }: { kind: string; id: string; key: string | undefined },
): StoredChange {
  const { field, from, to, omitted } = change;
  if (!isPersonal(kind, field) || omitted) return change;
  if (key === undefined) return { field, erased: true };
  return { field, sealed: sealText(JSON.stringify({ from, to }), key, placeOf(id, field)) };
}

/** Entries as they are read: opened, or marked as erased where the key is gone. */
export async function openEntries(entries: readonly StoredEntry[], keys: SealingKeys): Promise<AuditEntry[]> {
  const subjects = entries.filter(({ changes }) => changes.some((change) => change.sealed !== undefined));
  const known = await keys.forOpening(subjects.flatMap(({ subjectId }) => subjectId ?? []));
  return entries.map(({ subjectId, ...entry }) => {
    const key = known.get(subjectId ?? "");
    return { ...entry, changes: entry.changes.map((change) => opened(change, entry.id, key)) };
  });
}

function opened({ sealed: text, ...change }: StoredChange, id: string, key: string | undefined): FieldChange {
  if (text === undefined) return change;
  if (key === undefined) return { field: change.field, erased: true };
  return { ...change, ...(JSON.parse(openText(text, key, placeOf(id, change.field))) as Partial<FieldChange>) }; // only `sealed` writes it
}

const placeOf = (entryId: string, field: string) => `${entryId}|${field}`;
