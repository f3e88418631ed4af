import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { emailKey } from "@shangji/core/duplicates/match-keys";
import { personKind } from "@shangji/core/protection/personal-data";
import type { SubjectRecord, SubjectRecords } from "@shangji/core/protection/ports";
import { contactShape } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { type RecordShape, recordOf, recordStore, replaceItem } from "../kit/record-store.ts";
import { write } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";

const mostFound = 20;

/**
 * Records of persons, as the work on their data sees them: deleted ones too.
 * - one by id: GetItem, consistent, 1 R
 * - by e-mail: Query of gsi6 for each kind of person, GetItem of each
 * - closing: a deletion; stripping: PutItem of what is left
 */
export function subjectRecordsIn(table: Table): SubjectRecords {
  const shapes = { contact: ofAnyPerson(contactShape), lead: ofAnyPerson(leadShape) };
  const shapeOf = (id: string) => shapes[personKind(id)];
  const storeOf = (id: string) => recordStore(table, shapeOf(id));
  async function get(id: string): Promise<SubjectRecord | undefined> {
    const Key = recordKey("id", shapeOf(id).kind, id);
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && (recordOf(Item) as unknown as SubjectRecord); // an item under a person's key is a person
  }
  return {
    get,
    async findByEmail(email) {
      const ids = await Promise.all(Object.values(shapes).map(({ kind }) => idsByEmail(table, kind, email)));
      const found = await Promise.all(ids.flat().map(get));
      return found.filter((record) => record !== undefined && record.deletedAt === undefined) as SubjectRecord[]; // just asked
    },
    async close(before, after) {
      // The unique values of a deleted record are free already, and may be another's by now.
      if (before.deletedAt === undefined) await storeOf(before.id).remove(before, after);
      else await storeOf(before.id).update(before, after);
    },
    async strip(closed, tombstone) {
      await write(table, [replaceItem(table, shapeOf(closed.id), closed, tombstone)]);
    },
  };
}

async function idsByEmail(table: Table, kind: string, email: string): Promise<string[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi6",
      KeyConditionExpression: "kind = :kind AND lookup = :email",
      ExpressionAttributeValues: { ":kind": kind, ":email": emailKey(email) },
      Limit: mostFound,
    }),
  );
  return Items.map(({ pk }) => String(pk));
}

/** A person always comes with an id that tells the kind, so a record is only ever given to the shape of its own. */
function ofAnyPerson<T>(shape: RecordShape<T>): RecordShape<SubjectRecord> {
  return shape as unknown as RecordShape<SubjectRecord>; // as said above
}
