import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Identities } from "@shangji/core/people/ports";
import type { Table } from "../kit/client.ts";
import { createItems } from "../kit/record-store.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { userShape } from "./users.ts";

/**
 * Which user a subject of the identity provider is, and the other way round. A subject never changes hands.
 * - by subject: GetItem, 0.5 RCU
 * - by user: GetItem, 1 RCU (strongly consistent)
 * - a link, or a user with its identity: one transaction
 */
export function identitiesIn(table: Table): Identities {
  async function get(Key: { pk: string; sk: string }, ConsistentRead: boolean) {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead }));
    return Item;
  }
  return {
    async userIdOf(subject) {
      const item = await get(identityKey(subject), false);
      return typeof item?.userId === "string" ? item.userId : undefined;
    },
    async subjectOf(userId) {
      const item = await get(subjectKey(userId), true);
      return typeof item?.subject === "string" ? item.subject : undefined;
    },
    async link(userId, subject) {
      // The pointer first: what is refused beside it is the identity, which is another user's then.
      await write(table, [pointer(table, userId, subject), identity(table, userId, subject)]);
    },
    async createUser(user, subject) {
      const items = createItems(table, userShape, user);
      await write(table, [...items, identity(table, user.id, subject), pointer(table, user.id, subject)]);
    },
  };
}

function identity(table: Table, userId: string, subject: string): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...identityKey(subject), userId },
      ConditionExpression: "attribute_not_exists(pk) OR userId = :userId",
      ExpressionAttributeValues: { ":userId": userId },
    },
  };
}

/** A user who was removed from the pool by hand gets a new subject; the old one stays theirs. */
function pointer(table: Table, userId: string, subject: string): WriteItem {
  return { Put: { TableName: table.name, Item: { ...subjectKey(userId), subject } } };
}

export function identityKey(subject: string) {
  return { pk: `identity#${subject}`, sk: "identity" };
}

export function subjectKey(userId: string) {
  return { pk: `subject-of#${userId}`, sk: "subject" };
}
