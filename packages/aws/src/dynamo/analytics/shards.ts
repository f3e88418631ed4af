import type { Table } from "../kit/client.ts";
import type { ItemPart } from "./merge-items.ts";
import type { Outcome, TransactionItem } from "./transact.ts";

/** Shards 1 to 7 take what is contended; those above take what no longer fits into an item. */
const contendedShards = 7;
const shards = 64;

/** Chooses the shard of a run of writes: 0 as long as nothing stands in the way, then one by chance that it stays with. */
export interface ShardChoice {
  current(): number;
  /** Moves on after a refused write. */
  avoid(kind: Outcome["kind"]): void;
}

export function shardChoice(random: () => number): ShardChoice {
  let shard = 0;
  return {
    current: () => shard,
    avoid(kind) {
      if (kind === "contended") shard = 1 + Math.floor(random() * contendedShards);
      if (kind === "oversized") shard = 1 + contendedShards + Math.floor(random() * (shards - contendedShards - 1));
    },
  };
}

/** The write that adds a part to an item. Parts of one item go to different shards, as a transaction writes an item once. */
export function addition(table: Table, { pk, sk, add, part }: ItemPart, shard: number): TransactionItem {
  const names: Record<string, string> = {};
  const values: Record<string, number | bigint> = {};
  const terms: string[] = [];
  let index = 0;
  for (const [name, value] of Object.entries(add)) {
    names[`#${index}`] = name;
    values[`:${index}`] = value;
    terms.push(`#${index} :${index}`);
    index++;
  }
  return {
    Update: {
      TableName: table.name,
      Key: { pk, sk: `${sk}#${(shard + part) % shards}` },
      UpdateExpression: `ADD ${terms.join(",")}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}
