import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { conversionsIn } from "@shangji/aws/dynamo/leads/conversions";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import type { ConversionRequest } from "@shangji/contracts/leads/conversion";
import type { NewLead } from "@shangji/contracts/leads/schemas";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import { convertLead } from "@shangji/core/leads/convert-lead";
import { createLead } from "@shangji/core/leads/create-lead";
import { createTeam } from "@shangji/core/people/create-team";
import { createUser } from "@shangji/core/people/create-user";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext, testViewer } from "@shangji/testing/world";

/** Stores of a table, as everybody's administrator sees them. */
function storesIn(table: Table) {
  return {
    leads: leadsIn(table),
    accounts: accountsIn(table),
    contacts: contactsIn(table),
    opportunities: opportunitiesIn(table),
    conversions: conversionsIn(table),
    timeline: timelineIn(table),
  };
}

/** An organisation with a process and a rep who has leads. */
export async function conversionWorld(table: Table) {
  const clock = testClock();
  const context = testContext({ clock });
  const deps = { ...fakeStores(), ...storesIn(table), context, viewer: testViewer() };
  let stages = 0;
  const pipeline = await createPipeline(
    {
      name: { en: "Sales" },
      stages: [
        { name: { en: "Open" }, type: "open" },
        { name: { en: "Won" }, type: "won" },
        { name: { en: "Lost" }, type: "lost" },
      ],
      isDefault: true,
    },
    { ...deps, stageIds: () => `stg_${String(++stages).padStart(10, "0")}` },
  );
  const team = await createTeam({ name: "East" }, deps);
  const owner = await createUser({ name: "Lin", role: "rep", teamId: team.id }, deps);
  const rep = testViewer({ userId: owner.id, role: "rep", teamId: team.id });
  return {
    table,
    clock,
    deps,
    pipeline,
    team,
    owner,
    rep,
    lead: (fields: Partial<NewLead> = {}) =>
      createLead({ name: "陈静", company: "云帆科技", tags: [], ownerId: owner.id, ...fields }, deps),
    /** As a caller sees the stores, and through another client of the table if one is given. */
    convert(id: string, request: ConversionRequest = {}, { viewer = testViewer(), through = table } = {}) {
      const stores = storesIn(through);
      const seen = {
        leads: guardRecords(stores.leads, "lead", viewer),
        accounts: guardRecords(stores.accounts, "account", viewer),
        contacts: guardRecords(stores.contacts, "contact", viewer),
      };
      return convertLead({ id, request }, { ...deps, ...stores, ...seen, viewer });
    },
  };
}

export type ConversionWorld = Awaited<ReturnType<typeof conversionWorld>>;

/** A viewer whose role may do other things than the product's own rules say. */
export function viewerWith(viewer: Viewer, change: (rules: Viewer["rules"]) => Viewer["rules"]): Viewer {
  return { ...viewer, rules: change(structuredClone(viewer.rules)) };
}
