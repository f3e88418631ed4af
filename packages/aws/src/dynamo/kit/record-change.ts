import type { ChangedRecord, RecordChange } from "@shangji/core/events/record-change";
import { recordOf } from "./record-store.ts";

type Item = Record<string, unknown>;

/** What a pair of stream images says of a record; undefined for items that are no records and for items that are gone. */
export function recordChangeOf({
  before,
  after,
}: {
  before?: Item | undefined;
  after?: Item | undefined;
}): RecordChange | undefined {
  const kind = after?.__edb_e__;
  if (!after || typeof kind !== "string") return undefined;
  return { kind, after: changed(after), ...(before ? { before: changed(before) } : {}) };
}

function changed(item: Item): ChangedRecord {
  return recordOf(item) as ChangedRecord; // what carries `__edb_e__` is a stored record
}
