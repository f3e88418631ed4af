import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { emailKey, type MatchKey } from "@shangji/core/duplicates/match-keys";
import { entityOf } from "@shangji/core/kit/ids";
import { personKind } from "@shangji/core/protection/personal-data";
import type { SubjectRecord, SubjectRecords } from "@shangji/core/protection/ports";
import { contactShape } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { keysWith } from "../kit/match-store.ts";
import { recordKey } from "../kit/record-key.ts";
import { type RecordShape, recordOf, recordStore, replaceItem } from "../kit/record-store.ts";
import { holderOf } from "../kit/unique-values.ts";
import { write } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";
import { userShape } from "../people/users.ts";

const mostFound = 20;

/**
 * Records of persons, as the work on their data sees them: deleted ones too.
 * - one by id: GetItem, consistent, 1 R
 * - by e-mail or phone: Query of gsi6 or gsi9 for contacts and leads, GetItem of each; a user's e-mail is a unique value
 * - closing: a deletion; stripping: PutItem of what is left
 */
export function subjectRecordsIn(table: Table): SubjectRecords {
  const customers = { contact: ofAnyPerson(contactShape), lead: ofAnyPerson(leadShape) };
  const ofUsers = ofAnyPerson(userShape);
  const shapeOf = (id: string) => (entityOf(id) === "user" ? ofUsers : customers[personKind(id)]);
  const storeOf = (id: string) => recordStore(table, shapeOf(id));
  async function get(id: string): Promise<SubjectRecord | undefined> {
    const { key, kind } = shapeOf(id);
    const Key = recordKey(key, kind, id);
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && (recordOf(Item) as unknown as SubjectRecord); // an item under a person's key is a person
  }
  async function living(ids: readonly string[]): Promise<SubjectRecord[]> {
    const found = await Promise.all(ids.map(get));
    return found.flatMap((record) => (record && record.deletedAt === undefined ? [record] : []));
  }
  async function customersWith(key: MatchKey): Promise<string[]> {
    const keys = await Promise.all(Object.values(customers).map(({ kind }) => keysWith(table, kind, key, mostFound)));
    return keys.flat().map(({ pk }) => pk);
  }
  return {
    get,
    async findByEmail(email) {
      const [ids, userId] = await Promise.all([
        customersWith({ by: "email", value: emailKey(email) }),
        holderOf(table, ofUsers.kind, { field: "email", value: email.toLowerCase() }),
      ]);
      return living(userId === undefined ? ids : [...ids, userId]);
    },
    findByPhone: async (value) => living(await customersWith({ by: "phone", value })),
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

/** A person always comes with an id that tells the kind, so a record is only ever given to the shape of its own. */
function ofAnyPerson<T>(shape: RecordShape<T>): RecordShape<SubjectRecord> {
  return shape as unknown as RecordShape<SubjectRecord>; // as said above
}
