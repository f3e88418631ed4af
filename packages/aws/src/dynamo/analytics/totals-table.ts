import type { TableDefinition } from "../table.ts";

/**
 * The table of the totals: cells, the markers that say what is counted in them, and journals. It is one of its own because
 * counting a deal writes more items than the deal itself has: in the table of the records each of them would pass through the
 * stream, and nobody who follows it asks for one.
 */
export const totalsTableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  indexes: [],
} as const satisfies TableDefinition;
