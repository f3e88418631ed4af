import type { ExternalId } from "@shangji/contracts/kit/primitives";
import type { UniqueValue } from "./record.ts";

/** The unique value of a record's id in the system it came from. A system's name holds no `#`, so no two ids share one. */
export function externalIdValue({ source, id }: ExternalId): UniqueValue {
  return { field: "externalId", value: `${source}#${id}` };
}
