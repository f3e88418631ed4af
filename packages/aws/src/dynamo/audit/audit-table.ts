import type { TableDefinition } from "../table.ts";

/**
 * The table of the audit trail. It is one of its own so that it can be append-only: no role may do more than insert
 * into it, whatever it may do with the records. It has no stream, as nothing follows from an entry.
 */
export const auditTableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  indexes: [
    /** Everything of a day, in shards, by time. */
    { name: "byDay", partition: ["day"], sort: ["place"], projection: "ALL" },
  ],
} as const satisfies TableDefinition;
