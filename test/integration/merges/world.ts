import { createHash } from "node:crypto";
import { sharesIn } from "@shangji/aws/dynamo/access/shares";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { mergesIn } from "@shangji/aws/dynamo/merges/merges";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { Merge, Reversal } from "@shangji/contracts/merges/schemas";
import { createAccount } from "@shangji/core/accounts/create-account";
import { createContact } from "@shangji/core/contacts/create-contact";
import type { Stored } from "@shangji/core/kit/record";
import type { Choices } from "@shangji/core/merges/combine";
import { type MergeDeps, mergeRecords } from "@shangji/core/merges/merge-records";
import { moveChildren } from "@shangji/core/merges/move-children";
import { undoMerge } from "@shangji/core/merges/undo-merge";
import { createOpportunity } from "@shangji/core/opportunities/create-opportunity";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext, testViewer } from "@shangji/testing/world";

/** Two accounts or contacts and what belongs to them, in a table of its own. */
export async function mergeWorld(table: Table) {
  const clock = testClock();
  const context = testContext({ clock });
  const fakes = fakeStores();
  const stores = storesIn(table);
  const deps = { ...fakes, ...stores, context };
  const pipeline = await createPipeline(
    {
      name: { en: "Sales" },
      isDefault: true,
      stages: [
        { name: { en: "Open" }, type: "open" },
        { name: { en: "Won" }, type: "won" },
        { name: { en: "Lost" }, type: "lost" },
      ],
    },
    { ...deps, stageIds: () => `stg_${String(++stages).padStart(10, "0")}` },
  );
  const owner = { id: context.actor.userId, name: "Lin", role: "admin" as const, active: true };
  await fakes.users.create({ ...owner, version: 1, createdAt: "", updatedAt: "", change: pipeline.change });
  const account = (fields: Partial<Account> = {}) => createAccount({ name: "Acme", tags: [], ...fields }, deps);
  const contact = (fields: Partial<Contact> = {}) => createContact({ name: "王芳", tags: [], ...fields }, deps);
  const deal = (accountId: string) =>
    createOpportunity({ name: "Deal", productIds: [], amountMinor: 100, tags: [], accountId }, deps);
  return {
    table,
    clock,
    context,
    deps,
    pipeline,
    account,
    contact,
    deal,
    shares: sharesIn(table, clock),
    ...mergesWith(stores, context),
    async run(mergeId: string, on = stores) {
      for (let step = 0; step < 50; step++) {
        const { done, waitSeconds } = await moveChildren({ mergeId }, { ...on, context });
        if (done) return;
        if (waitSeconds !== undefined) clock.advance(waitSeconds * 1000);
      }
      throw new Error("the job comes to no end");
    },
  };
}

let stages = 0;

export function storesIn(table: Table) {
  return {
    merges: mergesIn(table),
    accounts: accountsIn(table),
    contacts: contactsIn(table),
    opportunities: opportunitiesIn(table),
    timeline: timelineIn(table),
  };
}

type Stores = ReturnType<typeof storesIn>;
type Entity = Merge["entity"];

/** Merges and undoes merges by way of these stores, as an admin. */
export function mergesWith(stores: Stores, context: MergeDeps["context"]) {
  const depsFor = (entity: Entity): MergeDeps => {
    const records = entity === "account" ? stores.accounts : stores.contacts;
    return {
      merges: stores.merges,
      records: records as unknown as MergeDeps["records"],
      viewer: testViewer(),
      context,
    };
  };
  return {
    merge: (winner: { id: string }, loser: { id: string }, fields: Choices = {}, entity: Entity = "account") =>
      mergeRecords({ entity, winnerId: winner.id, loserId: loser.id, fields }, depsFor(entity)),
    undo: ({ id, winnerId, entity }: Merge, edits?: Reversal["edits"]) =>
      undoMerge({ entity, winnerId, mergeId: id, edits }, depsFor(entity)),
  };
}

/** A hash of all that a record says, without the stamps of its versions and what an answer shows beside it. */
export function contentHash(record: Stored<object> | undefined): string {
  const besides = { version: 0, updatedAt: "", change: 0, duplicates: 0 };
  const { version: _, updatedAt: __, change: ___, duplicates: ____, ...content } = { ...besides, ...record };
  return createHash("sha256").update(JSON.stringify(content, inOrder)).digest("hex");
}

/** The store gives the members of an object back in another order. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
