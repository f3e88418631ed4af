import type { FieldChange } from "@shangji/contracts/audit/schemas";
import { type ChangedRecord, changedFields } from "../events/record-change.ts";

/** An item of the store holds 400 KB, and a character takes up to three bytes. */
const mostCharacters = 120_000;

/** What even admins are never shown: the trail outlives the key that a hash belongs to, and may be read by others. */
const secrets = new Set(["hash"]);

/**
 * Each own field that differs, with its old and new value; of a new record, each field that it has. A change that is too
 * large for one entry keeps the names of all its fields and leaves out the largest values: the trail must take every change.
 */
export function fieldChanges(before: ChangedRecord | undefined, after: ChangedRecord): FieldChange[] {
  const changes = changedFields(before ?? {}, after)
    .filter((field) => !secrets.has(field))
    .sort()
    .map((field) => ({ field, ...side("from", before?.[field]), ...side("to", after[field]) }));
  return withinSize(changes);
}

function side(name: "from" | "to", value: unknown): Partial<FieldChange> {
  return value === undefined || value === null ? {} : { [name]: value };
}

function withinSize(changes: readonly FieldChange[]): FieldChange[] {
  const sizes = changes.map((change) => JSON.stringify(change).length);
  let size = sizes.reduce((sum, each) => sum + each, 0);
  const fitted = [...changes];
  while (size > mostCharacters) {
    const largest = sizes.indexOf(Math.max(...sizes));
    const change = fitted[largest];
    if (!change || change.omitted) break;
    size -= sizes[largest] ?? 0;
    sizes[largest] = 0;
    fitted[largest] = { field: change.field, omitted: true };
  }
  return fitted;
}
