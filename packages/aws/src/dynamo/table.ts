/**
 * The table's keys and indexes, in one place: infra builds the real table from it and tests build the local one.
 * Index keys are natural attributes (multi-attribute keys), so a record carries no copied key strings and stays under 1 KB.
 * Every index is planned here at once: adding one later is a deployment of its own. Partition attributes stand in the
 * order of what tells most: DynamoDB does not care, but DynamoDB Local has one real index for those that begin and end alike.
 */
export const tableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  indexes: [
    /** Records of one owner, latest change first. */
    { name: "gsi1", partition: ["ownerId", "kind"], sort: ["updatedAt"], projection: "ALL" },
    /** Records of one team, latest change first; the union of all teams is the whole entity. */
    { name: "gsi2", partition: ["teamId", "kind"], sort: ["updatedAt"], projection: "ALL" },
    /** Records in one stage, latest change first. */
    { name: "gsi3", partition: ["stageId", "kind"], sort: ["updatedAt"], projection: "ALL" },
    /** Records of one account, latest change first. */
    { name: "gsi4", partition: ["accountId", "kind"], sort: ["updatedAt"], projection: "ALL" },
    /** What waits in a queue: leads of a pool by when they came, timers of a shard by when they are due. Sparse. */
    { name: "gsi5", partition: ["queue"], sort: ["queuedAt"], projection: "KEYS_ONLY" },
    /** Records by what tells most of whom they stand for: accounts by name, contacts by e-mail. */
    { name: "gsi6", partition: ["lookup", "kind"], sort: [], projection: "KEYS_ONLY" },
    /**
     * Opportunities of one team and status by closing date and by amount. They hold keys only, so that a change of anything
     * else, a stage above all, costs nothing here. Team and status are one attribute: DynamoDB Local has no index of its own for
     * a second one that begins with the same two attributes, and reads its definition of keys for each item anew.
     */
    { name: "gsi7", partition: ["teamStatus"], sort: ["closesOn"], projection: "KEYS_ONLY" },
    { name: "gsi8", partition: ["teamStatus"], sort: ["baseAmountMinor"], projection: "KEYS_ONLY" },
    /** Records by phone number, for those that have one. */
    { name: "gsi9", partition: ["phoneKey", "kind"], sort: [], projection: "KEYS_ONLY" },
  ],
  numbers: ["baseAmountMinor"],
} as const satisfies TableDefinition;

/** Where the secret of cursors lies; whichever function first needs it makes it. */
export const cursorSecretKey = { pk: "secret#cursor", sk: "secret" } as const;

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
  /** Attributes of keys that are numbers. @default all are texts */
  numbers?: readonly string[];
}
