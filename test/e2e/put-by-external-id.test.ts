import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const kinds = ["accounts", "contacts", "products", "opportunities", "leads"] as const;
const optionalField = {
  accounts: "region",
  contacts: "title",
  products: "family",
  opportunities: "source",
  leads: "company",
} as const;
let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let rep: SignedIn;

beforeAll(async () => {
  pipeline = await makePipeline(admin);
  const team = await admin.call("createTeam", { body: { name: "Puts" } });
  rep = await signedIn("rep", team.id);
});

const place = (kind: string, id: string, source = "erp") =>
  `/v1/${kind}/by-external-id/${encodeURIComponent(source)}/${encodeURIComponent(id)}`;
const put = (path: string, body: object, options: Parameters<typeof raw>[1] = { role: "admin" }) =>
  raw(path, { method: "PUT", body, ...options });

describe.each(kinds)("I3 a put of one of the %s", (kind) => {
  test("adds it, gives it fields, clears them, and writes nothing when there is nothing new", async () => {
    const path = place(kind, `客户 ${randomUUID()}`, "金蝶 ERP");
    const optional = optionalField[kind];
    const added = await put(path, { name: "华为", [optional]: "x" });
    expect([added.status, added.headers.get("etag")]).toEqual([201, '"1"']);
    expect(added.body).toMatchObject({ name: "华为", externalId: { source: "金蝶 ERP" }, version: 1 });
    const same = await put(path, { name: "华为" });
    expect([same.status, same.body]).toEqual([200, added.body]);
    const changed = await put(path, { [optional]: null });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject({ id: added.body.id, name: "华为", version: 2 });
    expect(changed.body).not.toHaveProperty(optional);
  });

  test("says what a new one lacks, and honours If-Match", async () => {
    const path = place(kind, randomUUID());
    const lacking = await put(path, {});
    expect([lacking.status, lacking.body.errors]).toEqual([422, [expect.objectContaining({ pointer: "/body/name" })]]);
    const ifMatch = (version: number) => ({ role: "admin" as const, headers: { "if-match": `"${version}"` } });
    expect((await put(path, { name: "x" }, ifMatch(1))).status).toBe(412);
    expect((await put(path, { name: "x" })).status).toBe(201);
    expect((await put(path, { name: "y" }, ifMatch(2))).status).toBe(412);
    expect((await put(path, { name: "y" }, ifMatch(1))).body).toMatchObject({ name: "y", version: 2 });
  });

  test("made by many at once adds one record and loses no field", async () => {
    const path = place(kind, randomUUID());
    const optional = optionalField[kind];
    const bodies = Array.from({ length: 12 }, (_, index) => ({
      name: "One",
      ...(index % 2 ? { [optional]: "x" } : {}),
    }));
    const answers = await Promise.all(bodies.map((body) => put(path, body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200 || status === 201 || status === 409)).toBe(true);
    expect(new Set(answers.flatMap(({ body }) => body.id ?? [])).size).toBe(1);
    expect((await put(path, {})).body).toMatchObject({ name: "One", [optional]: "x" });
  });
});

test.each([
  ["a source with #", place("accounts", "1", "a#b"), "/path/source"],
  ["an id of 201 characters", place("accounts", "x".repeat(201)), "/path/id"],
])("I3 %s is refused as input", async (_name, path, pointer) => {
  const answer = await put(path, { name: "x" });
  expect(answer.body).toMatchObject({ status: 422, code: "invalid_request", errors: [{ pointer }] });
});

test("C7 a put moves no stage: where a new deal begins says nothing to one that is there", async () => {
  const path = place("opportunities", randomUUID());
  const [first, second] = pipeline.stages;
  const onCreate = { pipelineId: pipeline.id, stageId: second?.id, openedAt: "2026-01-02" };
  const added = await put(path, { name: "Deal", onCreate });
  expect(added.body).toMatchObject({ stageId: second?.id, openedAt: "2026-01-02T00:00:00.000Z" });
  const again = await put(path, { name: "Deal 2", onCreate: { ...onCreate, stageId: first?.id } });
  expect(again.body).toMatchObject({ name: "Deal 2", stageId: second?.id, version: 2 });
  expect((await put(path, { stageId: first?.id })).body).toMatchObject({ code: "invalid_request" });
});

test("H2 a put of a record that is not the caller's to see tells no more than that its id is taken", async () => {
  const id = randomUUID();
  const theirs = await put(place("opportunities", id), { name: "Theirs" });
  const answer = await put(place("opportunities", id), { name: "Mine" }, { token: rep.token });
  expect(answer.body).toMatchObject({ status: 409, code: "duplicate_value" });
  expect((await raw(`/v1/opportunities/${theirs.body.id}`, { role: "admin" })).text).toBe(theirs.text);
});

test("H2 a put of a record that is read but not to be changed is refused", async () => {
  const id = randomUUID();
  await put(place("accounts", id), { name: "Known to all" });
  expect((await put(place("accounts", id), { name: "Mine" }, { token: rep.token })).body.code).toBe("forbidden");
  const made = await put(place("accounts", randomUUID()), { name: "Mine" }, { token: rep.token });
  expect([made.status, made.body.ownerId]).toEqual([201, rep.id]);
});
