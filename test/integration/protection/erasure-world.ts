import { createHash } from "node:crypto";
import { S3Client } from "@aws-sdk/client-s3";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import { auditTrailIn, auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { contactShape, contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { exportsIn } from "@shangji/aws/dynamo/exports/exports";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { allBelongingsIn } from "@shangji/aws/dynamo/people/all-belongings";
import { erasureLedgerIn } from "@shangji/aws/dynamo/protection/erasure-ledger";
import { dataSubjectRequestsIn } from "@shangji/aws/dynamo/protection/requests";
import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { subjectRecordsIn } from "@shangji/aws/dynamo/protection/subject-records";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { exportFilesIn } from "@shangji/aws/exports/export-files";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import { subjectStoresIn } from "@shangji/aws/protection/subject-stores";
import type { EventEnvelope } from "@shangji/contracts";
import { createContact } from "@shangji/core/contacts/create-contact";
import { updateContact } from "@shangji/core/contacts/update-contact";
import { createDataSubjectRequest } from "@shangji/core/protection/create-request";
import type { RequestDeps } from "@shangji/core/protection/ports";
import { createNote } from "@shangji/core/timeline/create-note";
import { streamHandler } from "@shangji/lambda/stream-handler";
import type { DynamoDb } from "@shangji/testing/dynamodb";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { fakeUserPool } from "@shangji/testing/fakes/user-pool";
import { testClock, testContext, testViewer } from "@shangji/testing/world";
import { indexChanges } from "../../../functions/analytics/index-changes.ts";
import { publishChanges } from "../../../functions/events/publish-changes.ts";

/** What nobody may find after an erasure, wherever it was kept. */
export const secrets = ["王芳芳", "wang.fang@example.com", "139 1234 5678", "ERP-4711", "对花生过敏", "采购总监"];

/** No imports stand in this world, so nothing is asked of S3. */
const bucket = { name: "none", client: new S3Client({ region: "local" }) };

/** A contact with notes, history and claims, and all that erases them, on tables of their own. */
export async function erasureWorld(db: DynamoDb) {
  const table = await db.createTable();
  const auditTable = await db.createTable({ definition: auditTableDefinition });
  const searchTable = await db.createTable({ definition: searchTableDefinition });
  const clock = testClock();
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const pool = fakeUserPool();
  const published: EventEnvelope[] = [];
  /** A publisher that has just begun to run, so that it remembers no key. */
  const publisher = () =>
    streamHandler("test", (records) =>
      publishChanges(records, {
        customer: "test",
        digest,
        fingerprint: (text) => digest(text).toString("hex").slice(0, 32),
        timeline: timelineIn(table),
        audit: auditWriterIn(auditTable, 0, subjectKeysIn(table)),
        bus: {
          async publish(events) {
            published.push(...events);
            return new Set();
          },
        },
      }),
    );
  /** What the stream tells of a write. */
  async function publish(after: object, before?: object): Promise<void> {
    const images = { NewImage: marshall(after), ...(before ? { OldImage: marshall(before) } : {}) };
    await indexChanges([{ sequenceNumber: "1", at: undefined, before, after } as never], {
      table: searchTable,
      pause: async () => undefined,
    });
    await publisher()({ Records: [{ dynamodb: { SequenceNumber: "1", ...images } } as never] }); // both libraries write the same JSON
  }
  const image = (record: Parameters<typeof createItem<never>>[2] | object) =>
    createItem(table, contactShape, record as never).Put?.Item ?? {}; // a contact

  const context = {
    ...testContext({ clock }),
    claim: { key: "usr#createContact#k1", fingerprint: "f", at: clock.now() },
  };
  const users = { cached: async () => undefined } as never;
  const contacts = contactsIn(table);
  const deps = { contacts, accounts: {} as never, users, context, duplicates: fakeStores().duplicates };
  const contact = await createContact(
    {
      name: secrets[0] ?? "",
      email: secrets[1] ?? "",
      phone: secrets[2] ?? "",
      externalId: { source: "erp", id: secrets[3] ?? "" },
      tags: [],
    },
    deps,
  );
  await publish(image(contact));
  const noteContext = { ...context, claim: { key: "usr#createNote#k2", fingerprint: "f", at: clock.now() } };
  const timeline = timelineIn(table);
  const note = await createNote(
    { recordId: contact.id, text: secrets[4] ?? "", channel: "call", outcome: "interested" },
    { timeline, context: noteContext, viewer: testViewer() },
  );
  await publish({ ...note, pk: contact.id, sk: `timeline#${note.id}`, kind: "note", __edb_e__: "note" });
  const before = await contacts.get(contact.id);
  const updated = await updateContact(
    { id: contact.id, patch: { title: secrets[5] } },
    { ...deps, context: testContext({ clock }) },
  );
  await publish(image(updated), image(before ?? {}));

  /** All that works on requests, reaching the tables through a client. */
  function protectionThrough(client: Table["client"] = table.client): RequestDeps {
    const through = { ...table, client };
    const audit = { ...auditTable, client };
    const requests = dataSubjectRequestsIn(through);
    const ownKeys = subjectKeysIn(through);
    const files = { save: async () => undefined, remove: async () => undefined, downloadLink: async () => "" };
    return {
      records: subjectRecordsIn(through),
      requests,
      files,
      keys: ownKeys,
      ledger: erasureLedgerIn(audit),
      stores: subjectStoresIn({
        table: through,
        searchTable: { ...searchTable, client },
        bucket,
        importDays: 7,
        imports: importStoreIn(through, clock),
        trail: auditTrailIn(audit, ownKeys),
        pool: pool.pool,
        requests,
        files,
        lists: { exports: exportsIn(through), files: exportFilesIn(bucket) },
        clock,
      }),
      belongings: allBelongingsIn(through, clock),
      clock,
    };
  }
  async function all({ name, client }: Table): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
    return Items;
  }
  return {
    table,
    auditTable,
    clock,
    contact: updated,
    contacts,
    deps,
    note,
    published,
    publish,
    image,
    claims: takenClaimsIn(table),
    claim: context.claim,
    noteClaim: noteContext.claim,
    trail: auditTrailIn(auditTable, subjectKeysIn(table)),
    ledger: erasureLedgerIn(auditTable),
    pool,
    protectionThrough,
    request: (type: "erasure" | "export", by = testContext({ clock })) =>
      createDataSubjectRequest({ type, subjectId: contact.id }, { ...protectionThrough(), context: by }),
    /** Everything that is stored, as text. */
    stored: async () => JSON.stringify([await all(table), await all(auditTable), await all(searchTable)]),
    items: () => all(table),
  };
}
