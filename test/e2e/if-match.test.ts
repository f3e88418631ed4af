import { type Route, routes } from "@shangji/contracts";
import { defaultRules } from "@shangji/core/access/default-policy";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, makePipeline, raw } from "./api.ts";

const admin = clientOf("admin");

/** What is changed, and a body that could change it. */
interface Target {
  path: Record<string, string>;
  body?: unknown;
}

let targets: Record<string, Target>;

/** One record of each kind serves all of its operations, as none of them may succeed. */
beforeAll(async () => {
  const name = "Versioned";
  const [user, team, account, contact, product, opportunity, pipeline, machine, view, lead, form, pool, accountPool] =
    await Promise.all([
      admin.call("createUser", { body: { name } }),
      admin.call("createTeam", { body: { name } }),
      admin.call("createAccount", { body: { name } }),
      admin.call("createContact", { body: { name } }),
      admin.call("createProduct", { body: { name } }),
      makePipeline(admin).then(({ id }) => admin.call("createOpportunity", { body: { name, pipelineId: id } })),
      makePipeline(admin),
      admin.call("createServiceAccount", { body: { name } }),
      admin.call("createView", { body: { entity: "account", name } }),
      admin.call("createLead", { body: { name } }),
      admin.call("createForm", { body: { name, fields: [{ input: "name", to: "name" }] } }),
      admin.call("createPool", { body: { name: { en: name } } }),
      admin.call("createPool", { body: { name: { en: name }, entity: "account" } }),
    ]);
  const [deleted, merges] = await Promise.all([deletedTargets(name), mergeTargets(name)]);
  const note = await admin.call("createNote", { path: { id: account.id }, body: { text: name } });
  const key = await admin.call("createApiKey", {
    path: { id: machine.id },
    body: { name, scopes: ["account:read"], expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString() },
  });
  const of = ({ id }: { id: string }, body?: unknown): Target => ({ path: { id }, body });
  const put = (id: string): Target => ({ path: { source: "erp", id: `if-match-${id}` }, body: { name } });
  const noteTarget = { path: { id: account.id, noteId: note.id } };
  const keyTarget = { path: { id: machine.id, keyId: key.id } };
  targets = {
    updateUser: of(user, { name: "x" }),
    updateTeam: of(team, { name: "x" }),
    updateAccount: of(account, { name: "x" }),
    deleteAccount: of(account),
    putAccount: put("account"),
    updateContact: of(contact, { name: "x" }),
    deleteContact: of(contact),
    putContact: put("contact"),
    updateProduct: of(product, { name: "x" }),
    putProduct: put("product"),
    definePipeline: of(pipeline, {
      name: pipeline.name,
      stages: pipeline.stages.map(({ id, name, type }) => ({ id, name, type })),
    }),
    updateOpportunity: of(opportunity, { name: "x" }),
    deleteOpportunity: of(opportunity),
    transitionOpportunity: of(opportunity, { to: pipeline.stages[1]?.id }),
    putOpportunity: put("opportunity"),
    updateLead: of(lead, { name: "x" }),
    deleteLead: of(lead),
    transitionLead: of(lead, { to: "disqualified", reason: "x" }),
    convertLead: of(lead, {}),
    putLead: put("lead"),
    returnLead: of(lead, { poolId: pool.id, reason: "no_need" }),
    returnAccount: of(account, { poolId: accountPool.id, reason: "no_need" }),
    updatePool: of(pool, { isDefault: false }),
    deletePool: of(pool),
    updateForm: of(form, { name: "x" }),
    rotateFormKey: of(form, {}),
    updateNote: { ...noteTarget, body: { text: "x" } },
    deleteNote: noteTarget,
    updateServiceAccount: of(machine, { name: "x" }),
    rotateApiKey: { ...keyTarget, body: {} },
    revokeApiKey: keyTarget,
    putAccessPolicy: { path: {}, body: defaultRules },
    updateRates: { path: {}, body: { rates: [] } },
    ...deleted,
    ...merges,
    putDuplicatePolicy: {
      path: {},
      body: {
        account: { name: "warn", phone: "warn" },
        contact: { email: "refuse", phone: "warn" },
        lead: { email: "warn", phone: "warn" },
      },
    },
    putAssignmentRules: { path: {}, body: { rules: [] } },
    putScoringRules: { path: {}, body: { name: { en: name }, groups: [] } },
    putRecyclingRules: { path: {}, body: { rules: [] } },
    putResponsePolicies: { path: {}, body: { policies: [] } },
    putCalendar: { path: {}, body: { name: { en: name }, zone: "UTC", hours: {} } },
    putNotificationPreferences: { path: {}, body: { email: "digest", digestAt: "08:30" } },
    putNotificationTemplate: { path: { kind: "lead_assigned" }, body: { en: { title: name, text: name } } },
    deleteNotificationTemplate: { path: { kind: "export_failed" } },
    updateView: of(view, { name: "x" }),
    deleteView: of(view),
  };
  for (const [entity, path] of [
    ["accounts", targets.putAccount],
    ["contacts", targets.putContact],
    ["leads", targets.putLead],
  ] as const) {
    // One that is there and one that is not are refused alike.
    const place = `/v1/${entity}/by-external-id/erp/${path?.path.id}`;
    expect((await raw(place, { method: "PUT", role: "admin", body: { name } })).status).toBe(201);
  }
});

async function deletedTargets(name: string): Promise<Record<string, Target>> {
  const [account, contact, opportunity, lead] = await Promise.all([
    admin.call("createAccount", { body: { name } }),
    admin.call("createContact", { body: { name } }),
    admin.call("createOpportunity", { body: { name } }),
    admin.call("createLead", { body: { name } }),
  ]);
  await Promise.all([
    admin.call("deleteAccount", { path: { id: account.id }, ifMatch: account.version }),
    admin.call("deleteContact", { path: { id: contact.id }, ifMatch: contact.version }),
    admin.call("deleteOpportunity", { path: { id: opportunity.id }, ifMatch: opportunity.version }),
    admin.call("deleteLead", { path: { id: lead.id }, ifMatch: lead.version }),
  ]);
  return {
    restoreAccount: { path: { id: account.id }, body: {} },
    restoreContact: { path: { id: contact.id }, body: {} },
    restoreOpportunity: { path: { id: opportunity.id }, body: {} },
    restoreLead: { path: { id: lead.id }, body: {} },
  };
}

/** Two records that could be merged, and two that were. */
async function mergeTargets(name: string): Promise<Record<string, Target>> {
  const four = <T>(make: () => Promise<T>) => Promise.all([make(), make(), make(), make()]);
  const [accounts, contacts] = await Promise.all([
    four(() => admin.call("createAccount", { body: { name } })),
    four(() => admin.call("createContact", { body: { name } })),
  ]);
  const [accountMerge, contactMerge] = await Promise.all([
    admin.call("mergeAccounts", { path: { id: accounts[2].id }, body: { loserId: accounts[3].id } }),
    admin.call("mergeContacts", { path: { id: contacts[2].id }, body: { loserId: contacts[3].id } }),
  ]);
  return {
    mergeAccounts: { path: { id: accounts[0].id }, body: { loserId: accounts[1].id } },
    mergeContacts: { path: { id: contacts[0].id }, body: { loserId: contacts[1].id } },
    undoAccountMerge: { path: { id: accounts[2].id, mergeId: accountMerge.id }, body: {} },
    undoContactMerge: { path: { id: contacts[2].id, mergeId: contactMerge.id }, body: {} },
  };
}

const versioned = routes.filter(({ precondition }) => precondition !== undefined);

function send({ method, path }: Route, { path: values, body }: Target, headers: Record<string, string>) {
  const place = path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  return raw(place, { method, role: "admin", headers, ...(body === undefined ? {} : { body }) });
}

describe("I3 every operation that takes If-Match", () => {
  test("is in the table, none missing", () => {
    expect(versioned.map(({ id }) => id).sort()).toEqual(Object.keys(targets).sort());
  });

  test.each(versioned.map((route) => [route.id, route] as const))("%s honours it", async (id, route) => {
    const target = targets[id];
    if (!target) throw new Error(`${id} is not in the table`);
    const refusal = async (headers: Record<string, string>) => {
      const { status, body } = await send(route, target, headers);
      return [status, body.code];
    };
    for (const tag of ['"99999"', 'W/"1"', "*", '"x"'])
      expect([tag, ...(await refusal({ "if-match": tag }))]).toEqual([tag, 412, "stale_version"]);
    if (route.precondition === "if-match") expect(await refusal({})).toEqual([428, "precondition_required"]);
  });
});
