import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runImport } from "../../scripts/imports/run-import.ts";
import { clientOf, eventually, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const source = `paths-${randomUUID().slice(0, 8)}`;
const ours = { field: "source", eq: source };
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });

let folder: string;
let owner: SignedIn;
let before: { rules: object[]; policies: object[] };

const putRules = async (rules: object[]) => {
  const { version } = await admin.call("getAssignmentRules", {});
  return admin.call("putAssignmentRules", {
    ifMatch: version,
    body: { rules, guards: { workingHours: false } } as never, // rules of this test's own, or those that were there
  });
};
const putPolicies = async (policies: object[]) => {
  const { version } = await admin.call("getResponsePolicies", {});
  return admin.call("putResponsePolicies", { ifMatch: version, body: { policies } as never }); // the same
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-paths-"));
  owner = await signedIn("rep");
  await pass("PT31S");
  const [{ rules }, { policies }] = await Promise.all([
    admin.call("getAssignmentRules", {}),
    admin.call("getResponsePolicies", {}),
  ]);
  before = { rules, policies };
  await putRules([{ id: "paths", when: ours, target: { kind: "user", userId: owner.id } }]);
  await putPolicies([{ id: "paths", when: ours, respondWithinMinutes: 240 }]);
  await pass("PT31S");
});
afterAll(async () => {
  await putRules(before.rules);
  await putPolicies(before.policies);
  await rm(folder, { recursive: true, force: true });
});

const leadsNamed = async (name: string) => {
  const filter = JSON.stringify({ all: [ours, { field: "name", eq: name }] });
  return (await admin.call("listLeads", { query: { filter } })).items;
};

/** Each way on which a lead becomes nobody's, or comes as such. */
const paths: Record<string, (name: string) => Promise<unknown>> = {
  "a single call": (name) => admin.call("createLead", { body: { name, source } }),
  "a batch": (name) => admin.call("batchLeads", { body: { rows: [{ create: { name, source } }] } }),
  "a row of a batch that is put by its external id": (name) =>
    admin.call("batchLeads", {
      body: { rows: [{ upsert: { externalId: { source, id: "batch" }, fields: { name, source } } }] },
    }),
  "a put by its external id": (name) => admin.call("putLead", { path: { source, id: "put" }, body: { name, source } }),
  async "an import"(name) {
    const file = join(folder, "leads.csv");
    await writeFile(file, `name,source\n${name},${source}\n`);
    const input = { entity: "leads", dryRun: false } as never; // options have defaults
    const { counts } = await runImport(admin, { file, input, onProgress: () => undefined });
    expect(counts).toMatchObject({ created: 1, failed: 0 });
  },
  async "a public form"(name) {
    const fields = [{ input: "name", to: "name", required: true }];
    const form = await admin.call("createForm", { body: { name: "Paths", source, fields } });
    const answer = await raw(`/v1/public/forms/${form.key}`, { body: { name } });
    expect(answer.status).toBe(202);
  },
  async "its restoration"(name) {
    const { id } = await admin.call("createLead", { body: { name, source } });
    const found = () => admin.call("getLead", { path: { id } });
    const { version } = await eventually(found, ({ ownerId }) => ownerId !== undefined);
    // Nobody's, gone before anybody could be given it, and back.
    await admin.call("updateLead", { path: { id }, ifMatch: version, body: { ownerId: null } });
    for (;;) {
      const { status } = await raw(`/v1/leads/${id}`, {
        method: "DELETE",
        role: "admin",
        headers: { "if-match": `"${(await found()).version}"` },
      });
      if (status === 204) break;
    }
    await admin.call("restoreLead", { path: { id }, body: {} });
  },
  async "being taken from its owner"(name) {
    const { id, version } = await admin.call("createLead", { body: { name, source, ownerId: (await other()).id } });
    await admin.call("updateLead", { path: { id }, ifMatch: version, body: { ownerId: null } });
  },
  async "being opened again"(name) {
    const { id } = await admin.call("createLead", { body: { name, source, ownerId: (await other()).id } });
    await admin.call("transitionLead", { path: { id }, body: { to: "disqualified", reason: "spam" } });
    await admin.call("transitionLead", { path: { id }, body: { to: "new" } });
  },
};

async function other() {
  const person = await signedIn("rep");
  await pass("PT31S");
  return person;
}

test.each(Object.keys(paths))(
  "B1 B3 B4 a lead that comes by %s is given to whom the rules name, and is to be answered",
  async (path) => {
    const name = `Lead by ${path}`;
    await paths[path]?.(name);
    const [lead] = await eventually(
      () => leadsNamed(name),
      ([found]) => found?.ownerId === owner.id,
      60,
    );
    const id = lead?.id ?? "";
    expect(lead).toMatchObject({ status: "assigned" });
    expect((await admin.call("getLeadAssignment", { path: { id } })).decision).toMatchObject({ ruleId: "paths" });
    const { clock } = await eventually(
      () => admin.call("getLeadResponse", { path: { id } }),
      (answer) => answer.clock?.ownerId === owner.id,
      60,
    );
    expect(clock).toMatchObject({ state: "running", policyId: "paths" });
  },
);

test("B4 a lead that its owner has again after its end is to be answered again", async () => {
  const { id } = await admin.call("createLead", { body: { name: "Again", source, ownerId: owner.id } });
  const clockIn = (state: string) =>
    eventually(
      () => admin.call("getLeadResponse", { path: { id } }),
      ({ clock }) => clock?.state === state,
      60,
    );
  await clockIn("running");
  await admin.call("transitionLead", { path: { id }, body: { to: "disqualified", reason: "spam" } });
  await clockIn("met");
  const { statusChangedAt } = await admin.call("transitionLead", { path: { id }, body: { to: "assigned" } });
  expect((await clockIn("running")).clock).toMatchObject({ assignedAt: statusChangedAt, ownerId: owner.id });
});
