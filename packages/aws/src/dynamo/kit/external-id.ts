import type { UniqueValue } from "@shangji/core/kit/record";

/** The unique value of a record's id in the system it came from. */
export function externalIdValue(externalId: { source: string; id: string } | undefined): UniqueValue[] {
  return externalId ? [{ field: "externalId", value: `${externalId.source}#${externalId.id}` }] : [];
}
