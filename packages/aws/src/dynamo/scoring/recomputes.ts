import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { KeptProgress, Recomputes } from "@shangji/core/scoring/ports";
import type { Table } from "../kit/client.ts";
import { refusalOf } from "../kit/refusal.ts";
import { scoringRulesPartition } from "./partitions.ts";

const key = { pk: scoringRulesPartition, sk: "progress" };
const freshMilliseconds = 30_000;

/**
 * How far scoring all leads has come: one item beside the rules.
 * - GetItem, consistent, 1 RCU, at most once in 30 s for whom that is good enough
 * - a step: PutItem, if it is still the one before, 1 WCU
 */
export function recomputesIn(table: Table, clock: Clock): Recomputes {
  let known: { at: number; progress: Promise<KeptProgress | undefined> } | undefined;
  async function get() {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
    return Item && progressIn(Item);
  }
  return {
    get,
    cached() {
      const now = clock.now().getTime();
      if (!known || now - known.at > freshMilliseconds || now < known.at) {
        const progress = get();
        known = { at: now, progress };
        // A failed read must not be remembered.
        progress.catch(() => {
          known = undefined;
        });
      }
      return known.progress;
    },
    async save(progress) {
      const { revision } = progress;
      const put = new PutCommand({
        TableName: table.name,
        Item: { ...progress, ...key },
        ...(revision === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "revision = :was", ExpressionAttributeValues: { ":was": revision - 1 } }),
      });
      try {
        await table.client.send(put);
        return true;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal instanceof DomainError && refusal.code === "conflict") return false;
        throw error;
      }
    },
  };
}

function progressIn({ pk: _, sk: __, ...progress }: Record<string, unknown>): KeptProgress {
  return progress as unknown as KeptProgress; // only `save` writes it
}
