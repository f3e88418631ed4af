import { type Route, routes } from "@shangji/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, raw } from "../e2e/api.ts";
import { type SignedIn, signedIn } from "../e2e/sign-in.ts";

/** What only the store and the process may set, and what would change the program itself. */
const forbidden: Record<string, unknown> = {
  id: "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  version: 99,
  createdAt: "2001-01-01T00:00:00.000Z",
  updatedAt: "2001-01-01T00:00:00.000Z",
  deletedAt: "2001-01-01T00:00:00.000Z",
  change: { actorId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" },
  tenantId: "other",
  pk: "policy",
  sk: "policy",
  kind: "user",
  lookup: "x",
  __edb_e__: "user",
  ttl: 1,
  history: [],
  baseAmountMinor: 1,
  authorId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  constructor: { prototype: { role: "admin" } },
  prototype: { role: "admin" },
};

const admin = clientOf("admin");
let rep: SignedIn;
beforeAll(async () => {
  const team = await admin.call("createTeam", { body: { name: "Mass assignment" } });
  rep = await signedIn("rep", team.id);
});

interface Place {
  path: string;
  version: number;
  /** Where it is read. @default its path */
  shownAt?: string;
}

/** A record of each kind that has a route to change it, made by the API. */
const changeable: Record<string, () => Promise<Place>> = {
  updateAccount: async () => placeOf("accounts", await admin.call("createAccount", { body: { name: "A" } })),
  updateContact: async () => placeOf("contacts", await admin.call("createContact", { body: { name: "C" } })),
  updateProduct: async () =>
    placeOf("products", await admin.call("createProduct", { body: { name: `P ${Date.now()} ${Math.random()}` } })),
  updateOpportunity: async () =>
    placeOf("opportunities", await admin.call("createOpportunity", { body: { name: "O" } })),
  updateLead: async () => placeOf("leads", await admin.call("createLead", { body: { name: "L" } })),
  updateForm: async () =>
    placeOf("forms", await admin.call("createForm", { body: { name: "F", fields: [{ input: "name", to: "name" }] } })),
  updatePool: async () => placeOf("pools", await admin.call("createPool", { body: { name: { en: "P" } } })),
  updateUser: async () => placeOf("users", await admin.call("createUser", { body: { name: "U", role: "rep" } })),
  updateView: async () => placeOf("views", await admin.call("createView", { body: { entity: "contact", name: "V" } })),
  updateServiceAccount: async () =>
    placeOf("service-accounts", await admin.call("createServiceAccount", { body: { name: "S" } })),
  async updateNote() {
    const { id } = await admin.call("createAccount", { body: { name: "N" } });
    const note = await admin.call("createNote", { path: { id }, body: { text: "N" } });
    const shownAt = `/v1/records/${id}/timeline`;
    // What the stream tells of is on the timeline a moment later than the note.
    await eventually(
      () => admin.call("getTimeline", { path: { id }, query: {} }),
      ({ items }) => items.some(({ kind }) => kind === "created"),
    );
    return { ...placeOf(`records/${id}/notes`, note), shownAt };
  },
  updateTeam: async () => placeOf("teams", await admin.call("createTeam", { body: { name: "T" } })),
};

function placeOf(collection: string, { id, version }: { id: string; version: number }): Place {
  return { path: `/v1/${collection}/${id}`, version };
}

const isPatch = ({ method }: Route) => method === "PATCH";

describe("attack 3: mass assignment", () => {
  test("is tried on every route that changes a record", () => {
    expect(
      routes
        .filter(isPatch)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(changeable).sort());
  });

  test.each(Object.entries(changeable))("%s refuses every field that is not the caller's to set", async (_id, make) => {
    const { path, version, shownAt = path } = await make();
    const before = (await raw(shownAt, { role: "admin" })).text;
    for (const [field, value] of Object.entries(forbidden)) {
      const answer = await raw(path, {
        method: "PATCH",
        role: "admin",
        body: { [field]: value },
        headers: { "if-match": `"${version}"` },
      });
      expect({ field, status: answer.status, code: answer.body.code }).toEqual({
        field,
        status: 422,
        code: "invalid_request",
      });
    }
    const polluting = await raw(path, {
      method: "PATCH",
      role: "admin",
      text: '{"__proto__":{"role":"admin"}}',
      headers: { "if-match": `"${version}"` },
    });
    expect(polluting.status).toBe(400);
    expect((await raw(shownAt, { role: "admin" })).text).toBe(before);
  });

  test("nobody makes oneself an admin, in one's own record or by a new one", async () => {
    const me = await raw("/v1/me", { token: rep.token });
    const { version } = me.body.user as { version: number };
    const headers = { "if-match": `"${version}"` };
    for (const body of [{ role: "admin" }, { teamId: null }, { active: true }]) {
      const answer = await raw(`/v1/users/${rep.id}`, { method: "PATCH", token: rep.token, body, headers });
      expect(answer.status).toBe(403);
    }
    expect((await raw("/v1/users", { token: rep.token, body: { name: "x", role: "admin" } })).status).toBe(403);
    expect((await raw("/v1/me", { token: rep.token })).text).toBe(me.text);
  });

  test("nobody takes or gives away what is not one's own by naming an owner", async () => {
    const theirs = await admin.call("createOpportunity", { body: { name: "Theirs" } });
    const taken = await raw(`/v1/opportunities/${theirs.id}`, {
      method: "PATCH",
      token: rep.token,
      body: { ownerId: rep.id },
      headers: { "if-match": '"1"' },
    });
    expect(taken.status).toBe(404);
    const other = await admin.call("createUser", { body: { name: "Other", role: "rep" } });
    const given = await raw("/v1/opportunities", { token: rep.token, body: { name: "x", ownerId: other.id } });
    expect(given.status).toBe(403);
    expect((await admin.call("listOpportunities", { query: { owner: other.id } })).items).toEqual([]);
  });
});
