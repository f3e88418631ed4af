import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { SubjectRecord, SubjectRecords } from "@shangji/core/protection/ports";
import { contactShape } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { recordOf, recordStore, replaceItem } from "../kit/record-store.ts";
import { write } from "../kit/write.ts";

const mostFound = 20;

/**
 * Records of persons, as the work on their data sees them: deleted ones too.
 * - one by id: GetItem, consistent, 1 R
 * - by e-mail: Query of gsi6, GetItem of each
 * - closing: a deletion; stripping: PutItem of what is left
 */
export function subjectRecordsIn(table: Table): SubjectRecords {
  const contacts = recordStore(table, contactShape);
  async function get(id: string): Promise<SubjectRecord | undefined> {
    const Key = recordKey("id", "contact", id);
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && (recordOf(Item) as unknown as SubjectRecord); // an item under a contact's key is a contact
  }
  return {
    get,
    async findByEmail(email) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: "gsi6",
          KeyConditionExpression: "kind = :kind AND lookup = :email",
          ExpressionAttributeValues: { ":kind": "contact", ":email": email.toLowerCase() },
          Limit: mostFound,
        }),
      );
      const found = await Promise.all(Items.map(({ pk }) => get(String(pk))));
      return found.filter((record) => record !== undefined && record.deletedAt === undefined) as SubjectRecord[]; // just asked
    },
    async close(before, after) {
      // The unique values of a deleted record are free already, and may be another's by now.
      if (before.deletedAt === undefined) await contacts.remove(before, after);
      else await contacts.update(before, after);
    },
    async strip(closed, tombstone) {
      await write(table, [replaceItem(table, contactShape, closed, tombstone)]);
    },
  };
}
