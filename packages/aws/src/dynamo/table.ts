/**
 * The table's keys and indexes, in one place: infra builds the real table from it and tests build the local one.
 * Index keys are natural attributes (multi-attribute keys), so a record carries no copied key strings and stays under 1 KB.
 * Every index is planned here at once: adding one later is a deployment of its own.
 */
export const tableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  indexes: [
    /** Records of one owner, latest change first. */
    { name: "gsi1", partition: ["kind", "ownerId"], sort: ["updatedAt"], projection: "ALL" },
    /** Records of one team, latest change first; the union of all teams is the whole entity. */
    { name: "gsi2", partition: ["kind", "teamId"], sort: ["updatedAt"], projection: "ALL" },
    /** Records in one stage, latest change first. */
    { name: "gsi3", partition: ["kind", "stageId"], sort: ["updatedAt"], projection: "ALL" },
    /** Records of one account, latest change first. */
    { name: "gsi4", partition: ["kind", "accountId"], sort: ["updatedAt"], projection: "ALL" },
    /** What is due: sparse and sharded. */
    { name: "gsi5", partition: ["dueShard"], sort: ["dueAt"], projection: "KEYS_ONLY" },
    /** Records by folded name. */
    { name: "gsi6", partition: ["kind", "lookup"], sort: [], projection: "KEYS_ONLY" },
  ],
} as const satisfies TableDefinition;

export interface TableDefinition {
  partitionKey: string;
  sortKey: string;
  ttl: string;
  indexes: readonly {
    name: string;
    partition: readonly string[];
    sort: readonly string[];
    projection: "ALL" | "KEYS_ONLY";
  }[];
}
