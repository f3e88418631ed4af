import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import type { Policies } from "@shangji/core/access/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { Stored } from "@shangji/core/kit/record";
import type { Table } from "../kit/client.ts";
import { refusalOf } from "../kit/refusal.ts";

const key = { pk: "policy", sk: "policy" };
/** Changes hold within a minute; the authoriser's answer may be as old, beside it and not on top of it. */
const freshMilliseconds = 30_000;

/**
 * The access policy, one item. Read once in 30 s by each function: GetItem, consistent, 1 R for 4 KB. It carries
 * `__edb_e__` as every record does, so its changes leave a trace.
 */
export function policiesIn(table: Table, clock: Clock): Policies {
  let known: { at: number; policy: Promise<Stored<AccessPolicy> | undefined> } | undefined;
  async function get() {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
    return Item && policyOf(Item);
  }
  return {
    get,
    cached() {
      const now = clock.now().getTime();
      if (!known || now - known.at > freshMilliseconds || now < known.at) {
        const policy = get();
        known = { at: now, policy };
        // A failed read must not be remembered.
        policy.catch(() => {
          known = undefined;
        });
      }
      return known.policy;
    },
    async save(policy) {
      const put = new PutCommand({
        TableName: table.name,
        Item: { ...policy, ...key, id: "policy", kind: "policy", __edb_e__: "policy" },
        ...(policy.version === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : {
              ConditionExpression: "version = :before",
              ExpressionAttributeValues: { ":before": policy.version - 1 },
            }),
      });
      await table.client.send(put).catch((error: unknown) => {
        throw refusalOf(error);
      });
      known = undefined;
    },
  };
}

function policyOf({ pk: _, sk: __, id: ___, kind: ____, __edb_e__, ...policy }: Record<string, unknown>) {
  return policy as unknown as Stored<AccessPolicy>; // only `save` writes this item
}
