import { GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Identities } from "@shangji/core/people/ports";
import type { Table } from "../kit/client.ts";
import { createItems } from "../kit/record-store.ts";
import { refusalOf } from "../kit/refusal.ts";
import { userShape } from "./users.ts";

/**
 * Which user a subject of the identity provider is; never changes once written.
 * - by subject: GetItem, 0.5 RCU
 * - a user with its identity: one transaction
 */
export function identitiesIn(table: Table): Identities {
  return {
    async userIdOf(subject) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: identityKey(subject) }));
      return typeof Item?.userId === "string" ? Item.userId : undefined;
    },
    async createUser(user, subject) {
      const identity = {
        TableName: table.name,
        Item: { ...identityKey(subject), userId: user.id },
        ConditionExpression: "attribute_not_exists(pk)",
      };
      const items = [...createItems(table, userShape, user), { Put: identity }];
      await table.client.send(new TransactWriteCommand({ TransactItems: items })).catch((error: unknown) => {
        throw refusalOf(error);
      });
    },
  };
}

function identityKey(subject: string) {
  return { pk: `identity#${subject}`, sk: "identity" };
}
