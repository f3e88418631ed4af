import { clockKind } from "@shangji/contracts/assignment/lead-response";
import type { LeadClock } from "@shangji/core/assignment/response/clock";
import type { ClockChange } from "@shangji/core/assignment/response/ports";
import type { Table } from "../kit/client.ts";
import { recordOf } from "../kit/record-store.ts";
import type { WriteItem } from "../kit/write.ts";
import { type RowShape, rowPut } from "../timers/timer-lanes.ts";

export const clockShape: RowShape = { kind: clockKind, sk: "response", lanes: "response-timer" };

export function clockKey(leadId: string) {
  return { pk: leadId, sk: clockShape.sk };
}

export function clockIn(item: Record<string, unknown>): LeadClock {
  return recordOf(item) as unknown as LeadClock; // only `clockPut` writes this item
}

/** The write of a clock, if it still is what was read. */
export function clockPut(table: Table, change: ClockChange): NonNullable<WriteItem["Put"]> {
  return rowPut(table, change, clockShape);
}
