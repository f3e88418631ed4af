import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import type { Stored } from "@shangji/core/kit/record";
import type { Setting } from "@shangji/core/kit/setting";
import type { Table } from "./client.ts";
import { refusalOf } from "./refusal.ts";

/** Changes hold within half a minute everywhere. */
const freshMilliseconds = 30_000;

/**
 * A setting, one item in a partition that is called like it. Read once in 30 s by each function: GetItem, consistent, 1 R for
 * 4 KB. It carries `__edb_e__` as every record does, so its changes leave a trace, as those of a record of kind `kind`.
 */
export function settingIn<T extends { version: number }>(
  table: Table,
  clock: Clock,
  { name, kind }: { name: string; kind: string },
): Setting<T> {
  const key = { pk: name, sk: name };
  let known: { at: number; setting: Promise<Stored<T> | undefined> } | undefined;
  async function get() {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
    return Item && settingOf<T>(Item);
  }
  return {
    get,
    cached() {
      const now = clock.now().getTime();
      if (!known || now - known.at > freshMilliseconds || now < known.at) {
        const setting = get();
        known = { at: now, setting };
        // A failed read must not be remembered.
        setting.catch(() => {
          known = undefined;
        });
      }
      return known.setting;
    },
    async save(setting) {
      const put = new PutCommand({
        TableName: table.name,
        Item: { ...setting, ...key, id: name, kind, __edb_e__: kind },
        ...(setting.version === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : {
              ConditionExpression: "version = :before",
              ExpressionAttributeValues: { ":before": setting.version - 1 },
            }),
      });
      await table.client.send(put).catch((error: unknown) => {
        throw refusalOf(error);
      });
      known = undefined;
    },
  };
}

function settingOf<T>({ pk: _, sk: __, id: ___, kind: ____, __edb_e__, ...setting }: Record<string, unknown>) {
  return setting as unknown as Stored<T>; // only `save` writes this item
}
