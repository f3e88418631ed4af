import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import { longestKnownMs } from "@shangji/core/service-accounts/key-rules";
import type { KeyUses } from "@shangji/core/service-accounts/ports";
import type { Table } from "../kit/client.ts";
import { batchGet } from "../kit/unique-values.ts";

/** What the partition keys of uses begin with: the authoriser may write these items and no other, so no key either. */
export const keyUsePrefix = "api-key-use#";

const hourMs = 3_600_000;
/** A process forgets its notes beyond this many; the condition of the write holds without them. */
const mostRemembered = 1_000;

export interface KeyUseOptions {
  /** How long a caller may be kept waiting for the note of a use. @default 500: the note is then lost, the call is not */
  longestWaitMs?: number;
}

/**
 * When keys were used last, apart from the keys, so that whoever notes a use can change no key.
 * - a use: UpdateItem, 1 WCU, once an hour for each key and process
 * - last uses of keys: BatchGetItem
 * - a note goes by itself when no key could be as old
 */
export function keyUsesIn(table: Table, clock: Clock, { longestWaitMs = 500 }: KeyUseOptions = {}): KeyUses {
  const noted = new Map<string, number>();

  async function touch(keyId: string): Promise<void> {
    const now = clock.now().getTime();
    if (now - (noted.get(keyId) ?? Number.NEGATIVE_INFINITY) < hourMs) return;
    if (noted.size >= mostRemembered) noted.clear();
    noted.set(keyId, now); // before the write, so that calls at the same time make one
    try {
      await write(table, { keyId, now, longestWaitMs });
    } catch (error) {
      // Another process has noted a use within the hour.
      if (error instanceof ConditionalCheckFailedException) return;
      noted.delete(keyId);
      throw error;
    }
  }

  return {
    touch,
    async lastUses(keyIds) {
      const uses = new Map<string, string>();
      for await (const item of batchGet(table, keyIds.map(useKey), { consistent: false })) {
        uses.set(String(item.keyId), String(item.lastUsedAt));
      }
      return uses;
    },
  };
}

async function write(
  table: Table,
  { keyId, now, longestWaitMs }: { keyId: string; now: number; longestWaitMs: number },
): Promise<void> {
  const instant = (ms: number) => new Date(ms).toISOString();
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: useKey(keyId),
      UpdateExpression: "SET keyId = :keyId, lastUsedAt = :now, #ttl = :ttl",
      ConditionExpression: "attribute_not_exists(lastUsedAt) OR lastUsedAt <= :hourAgo",
      ExpressionAttributeNames: { "#ttl": "ttl" },
      ExpressionAttributeValues: {
        ":keyId": keyId,
        ":now": instant(now),
        ":hourAgo": instant(now - hourMs),
        ":ttl": Math.floor((now + longestKnownMs) / 1000),
      },
    }),
    { abortSignal: AbortSignal.timeout(longestWaitMs) },
  );
}

function useKey(keyId: string) {
  return { pk: `${keyUsePrefix}${keyId}`, sk: "use" };
}
