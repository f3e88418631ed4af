import type { ExternalId } from "@shangji/contracts/kit/primitives";
import { externalIdValue as uniqueOf } from "@shangji/core/kit/external-id";
import type { UniqueValue } from "@shangji/core/kit/record";

/** The unique value of a record's id in the system it came from; none for a record of our own. */
export function externalIdValue(externalId: ExternalId | undefined): UniqueValue[] {
  return externalId ? [uniqueOf(externalId)] : [];
}
