import type { TableDefinition } from "../table.ts";

/**
 * The table of the search index. It is one of its own because it is made of the records and can be made again: its entries,
 * ten for a record, are in no backup, and nobody who follows the stream of records has to pass over them.
 */
export const searchTableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  indexes: [
    /** A list of all kinds at once. */
    { name: "byKey", partition: ["key"], sort: ["sk"], projection: "ALL" },
    /** A list of a kind as far as it is of one owner. */
    { name: "byOwner", partition: ["pk", "ownerId"], sort: ["sk"], projection: "ALL" },
    /** A list of a kind as far as it is of one team. */
    { name: "byTeam", partition: ["pk", "teamId"], sort: ["sk"], projection: "ALL" },
  ],
} as const satisfies TableDefinition;
