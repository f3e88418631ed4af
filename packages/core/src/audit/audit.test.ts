import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { Role } from "@shangji/contracts/kit/primitives";
import { sampleAuditEntry, sampleOpportunity } from "@shangji/contracts/samples/records";
import { fakeAuditTrail } from "@shangji/testing/fakes/audit-trail";
import { testClock, testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { nothingHidden, withoutFields } from "./hidden-fields.ts";
import { listAudit } from "./list-audit.ts";
import { readHistory } from "./read-history.ts";
import { recordSignIn } from "./record-sign-in.ts";

const recordId = sampleOpportunity.id;
const missing = { code: "not_found" };

async function world(entries: readonly AuditEntry[] = [sampleAuditEntry]) {
  const trail = fakeAuditTrail();
  await trail.append(entries);
  const as = (role: Role, readable = true) => ({
    trail,
    records: { get: async () => (readable ? { ...sampleOpportunity, change: {} as never } : undefined) }, // only whether it is there counts
    hiddenFields: nothingHidden,
    context: testContext({ role }),
  });
  return { trail, as };
}

test("H3 whoever can read a record can read its history", async () => {
  const { as } = await world();
  for (const role of ["admin", "rep", "analyst"] as const) {
    expect((await readHistory({ recordId, limit: 10 }, as(role))).items).toEqual([sampleAuditEntry]);
  }
});

test("H3 whoever cannot read a record learns no more than that there is none", async () => {
  const { as } = await world();
  for (const role of ["manager", "rep", "analyst", "integration"] as const) {
    await expect(readHistory({ recordId, limit: 10 }, as(role, false))).rejects.toMatchObject(missing);
  }
});

test("H3 the history of a deleted record is there for admins; where there never was a record there is none", async () => {
  const { as } = await world();
  expect((await readHistory({ recordId, limit: 10 }, as("admin", false))).items).toHaveLength(1);
  const never = { recordId: "opp_never", limit: 10 };
  await expect(readHistory(never, as("admin", false))).rejects.toMatchObject(missing);
});

test("H3 a record whose first entry is still under way has an empty history", async () => {
  const { as } = await world([]);
  expect(await readHistory({ recordId, limit: 10 }, as("rep"))).toEqual({ items: [] });
});

test("H3 of hidden fields neither the values nor that they were changed is seen", async () => {
  const seen = withoutFields(sampleAuditEntry, new Set(["amountMinor"]));
  expect(seen).toEqual({ ...sampleAuditEntry, changes: [{ field: "source", to: "referral" }] });
  expect(JSON.stringify(seen)).not.toMatch(/amountMinor|105400|98000/);
  expect(withoutFields(sampleAuditEntry, new Set())).toEqual(sampleAuditEntry);
});

test("H3 histories and the trail leave out what is hidden from this caller in this kind of record", async () => {
  const { as } = await world();
  const hiddenFields = ({ role }: { role: Role }, kind: string) =>
    new Set(role === "admin" && kind === "opportunity" ? ["amountMinor"] : []);
  const fieldsOf = ({ items }: { items: AuditEntry[] }) => items.flatMap(({ changes }) => changes.map((c) => c.field));
  const admin = { ...as("admin"), hiddenFields };
  expect(fieldsOf(await readHistory({ recordId, limit: 10 }, admin))).toEqual(["source"]);
  const all = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z", limit: 10 };
  expect(fieldsOf(await listAudit(all, admin))).toEqual(["source"]);
  expect(fieldsOf(await readHistory({ recordId, limit: 10 }, { ...as("rep"), hiddenFields }))).toHaveLength(2);
});

test("H3 the trail is that of the last thirty days unless asked otherwise, also on its later pages", async () => {
  const at = (day: string) => ({ ...sampleAuditEntry, id: day, requestId: day, at: `${day}T08:00:00.000Z` });
  const { trail } = await world(["2026-09-01", "2026-10-03", "2026-10-20", "2026-11-01"].map(at));
  const clock = testClock("2026-11-02T08:00:00.000Z");
  const deps = { trail, hiddenFields: nothingHidden, context: testContext({ clock }) };
  const first = await listAudit({ limit: 2 }, deps);
  expect(first.items.map(({ id }) => id)).toEqual(["2026-11-01", "2026-10-20"]);
  clock.advance(10 * 86_400_000);
  expect((await listAudit({ limit: 2, after: first.next }, deps)).items.map(({ id }) => id)).toEqual(["2026-10-03"]);
  const older = await listAudit({ from: "2026-08-01T00:00:00Z", to: "2026-10-20T08:00:00Z", limit: 9 }, deps);
  expect(older.items.map(({ id }) => id)).toEqual(["2026-10-03", "2026-09-01"]);
});

test("H3 a sign-in tells who, when and with which client, and nothing of the person", async () => {
  const { trail } = await world([]);
  const clock = testClock();
  const identities = { userIdOf: async (subject: string) => (subject === "sub-1" ? "usr_1" : undefined) };
  const signIn = { subject: "sub-1", clientId: "web", requestId: "r1" };
  expect(await recordSignIn(signIn, { trail, identities, clock })).toBe("usr_1");
  expect(await recordSignIn({ ...signIn, subject: "sub-2" }, { trail, identities, clock })).toBe("subject:sub-2");
  const { items } = await trail.list({ from: "2026-11-02", to: "2026-11-03" }, { limit: 9 });
  expect(items.find(({ actorId }) => actorId === "usr_1")).toEqual({
    id: "usr_1.r1",
    at: clock.now().toISOString(),
    actorId: "usr_1",
    source: "api",
    requestId: "r1",
    command: "signIn",
    category: "access",
    action: "signed_in",
    kind: "user",
    recordId: "usr_1",
    clientId: "web",
    changes: [],
  });
});
