import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SubjectKeys } from "@shangji/core/protection/ports";
import { newSealingKey } from "../../sealing.ts";
import type { Table } from "../kit/client.ts";
import { insertAll } from "../kit/insert-all.ts";
import { batchGet } from "../kit/unique-values.ts";

export const subjectKeyPrefix = "subject-key#";

/** Keys by subject. An erased subject has none, and never gets another. */
export interface SealingKeys extends SubjectKeys {
  /** Keys to seal with; made for those who have none yet. */
  forSealing(subjectIds: Iterable<string>): Promise<Map<string, string>>;
  /** Keys to open with. */
  forOpening(subjectIds: Iterable<string>): Promise<Map<string, string>>;
}

export interface SubjectKeysOptions {
  /** When there are more, all are forgotten and read again. @default 5000, which a busy publisher meets once in a while */
  mostRemembered?: number;
}

/**
 * The keys that personal values in the audit trail are sealed with, each in a partition of its own. They stand in the table of
 * records and not beside what they open. An item has a key, or says when it was forgotten.
 * - keys to seal with: BatchGetItem, consistent, 1 R each, once in the life of a process; new ones inserted, 1 W each
 * - keys to open with: BatchGetItem, consistent, 1 R each
 * - to forget one: PutItem, 1 W
 */
export function subjectKeysIn(table: Table, { mostRemembered = 5_000 }: SubjectKeysOptions = {}): SealingKeys {
  // A key never changes: it may be remembered. One that was forgotten meanwhile still seals, and what it seals cannot be read.
  const known = new Map<string, string>();
  async function read(subjectIds: Iterable<string>): Promise<Map<string, string | undefined>> {
    const found = new Map<string, string | undefined>();
    const keys = [...new Set(subjectIds)].map(keyOf);
    for await (const { pk, key } of batchGet(table, keys, { consistent: true })) {
      found.set(subjectOf(String(pk)), key === undefined ? undefined : String(key));
    }
    return found;
  }
  /** New keys, or those that another process has made at the same moment; none for whoever was erased then. */
  async function make(subjectIds: readonly string[]): Promise<Map<string, string | undefined>> {
    const items = subjectIds.map((id) => ({ ...keyOf(id), key: newSealingKey() }));
    const others = await insertAll(table, items);
    return new Map([
      ...items.map(({ pk, key }) => [subjectOf(pk), key] as const),
      ...others.map(({ pk }) => [subjectOf(pk), undefined] as const),
      ...(await read(others.map(({ pk }) => subjectOf(pk)))),
    ]);
  }
  return {
    async forSealing(subjectIds) {
      // Before anything is looked up: what is forgotten here is read again, and nobody is taken for erased.
      if (known.size > mostRemembered) known.clear();
      const wanted = [...new Set(subjectIds)];
      const found = await read(wanted.filter((id) => !known.has(id)));
      const made = await make(wanted.filter((id) => !known.has(id) && !found.has(id)));
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

function subjectOf(pk: string): string {
  return pk.slice(subjectKeyPrefix.length);
}

/** For a writer of entries that are about nobody, such as sign-ins, which hold ids only. */
export const noSubjectKeys: Pick<SealingKeys, "forSealing"> = { forSealing: async () => new Map() };
