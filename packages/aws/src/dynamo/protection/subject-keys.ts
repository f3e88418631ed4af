import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SubjectKeys } from "@shangji/core/protection/ports";
import { newSealingKey } from "../../sealing.ts";
import type { Table } from "../kit/client.ts";
import { batchGet } from "../kit/unique-values.ts";

export const subjectKeyPrefix = "subject-key#";

/** More would only be forgotten by a busy publisher once in a while. */
const mostRemembered = 5_000;

/** Keys by subject. An erased subject has none, and never gets another. */
export interface SealingKeys extends SubjectKeys {
  /** Keys to seal with; made for those who have none yet. */
  forSealing(subjectIds: Iterable<string>): Promise<Map<string, string>>;
  /** Keys to open with. */
  forOpening(subjectIds: Iterable<string>): Promise<Map<string, string>>;
}

/**
 * The keys that personal values in the audit trail are sealed with, each in a partition of its own. They stand in the table of
 * records and not beside what they open. An item has a key, or says when it was forgotten.
 * - keys to seal with: BatchGetItem, consistent, 1 R each, once in the life of a process; a new one PutItem, 1 W
 * - keys to open with: BatchGetItem, consistent, 1 R each
 * - to forget one: PutItem, 1 W
 */
export function subjectKeysIn(table: Table): SealingKeys {
  // A key never changes: it may be remembered. One that was forgotten meanwhile still seals, and what it seals cannot be read.
  const known = new Map<string, string>();
  async function read(subjectIds: Iterable<string>): Promise<Map<string, string | undefined>> {
    const found = new Map<string, string | undefined>();
    const keys = [...new Set(subjectIds)].map(keyOf);
    for await (const { pk, key } of batchGet(table, keys, { consistent: true })) {
      found.set(String(pk).slice(subjectKeyPrefix.length), key === undefined ? undefined : String(key));
    }
    return found;
  }
  return {
    async forSealing(subjectIds) {
      const wanted = [...new Set(subjectIds)];
      const found = await read(wanted.filter((id) => !known.has(id)));
      const made = await Promise.all(
        wanted
          .filter((id) => !known.has(id) && !found.has(id))
          .map(async (id) => [id, await makeKey(table, id)] as const),
      );
      if (known.size > mostRemembered) known.clear();
      for (const [id, key] of [...found, ...made]) if (key !== undefined) known.set(id, key);
      return new Map(wanted.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? ""] as const] : [])));
    },
    async forOpening(subjectIds) {
      return new Map([...(await read(subjectIds))].filter((each): each is [string, string] => each[1] !== undefined));
    },
    async erase(subjectId, at) {
      known.delete(subjectId);
      await table.client.send(new PutCommand({ TableName: table.name, Item: { ...keyOf(subjectId), erasedAt: at } }));
    },
  };
}

function keyOf(subjectId: string) {
  return { pk: `${subjectKeyPrefix}${subjectId}`, sk: "key" };
}

/** A new key, or the one that another process has made at the same moment; undefined when the person was erased then. */
async function makeKey(table: Table, subjectId: string): Promise<string | undefined> {
  const key = newSealingKey();
  try {
    const Item = { ...keyOf(subjectId), key };
    await table.client.send(
      new PutCommand({ TableName: table.name, Item, ConditionExpression: "attribute_not_exists(pk)" }),
    );
    return key;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    for await (const item of batchGet(table, [keyOf(subjectId)], { consistent: true })) {
      return item.key === undefined ? undefined : String(item.key);
    }
    return undefined;
  }
}

/** For a writer of entries that are about nobody, such as sign-ins, which hold ids only. */
export const noSubjectKeys: Pick<SealingKeys, "forSealing"> = { forSealing: async () => new Map() };
