import { type Route, routes } from "@shangji/contracts";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf, raw } from "../e2e/api.ts";
import { type SignedIn, signedIn } from "../e2e/sign-in.ts";

const admin = clientOf("admin");
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const missing = "01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

type Owned = (typeof ownedEntities)[number];
const folders: Record<Owned, string> = {
  account: "accounts",
  contact: "contacts",
  opportunity: "opportunities",
  lead: "leads",
};
const foreign = {} as Record<Owned, { id: string; version: number }>;
let rep: SignedIn;
let restore: () => Promise<unknown>;

/** A caller who may do everything, with records of their own. */
beforeAll(async () => {
  rep = await signedIn("rep");
  const { id: ownerId } = await signedIn("admin");
  const name = "Not theirs";
  foreign.account = await admin.call("createAccount", { body: { name, ownerId } });
  foreign.contact = await admin.call("createContact", { body: { name, ownerId } });
  foreign.opportunity = await admin.call("createOpportunity", { body: { name, ownerId } });
  foreign.lead = await admin.call("createLead", { body: { name, ownerId } });
  const {
    version,
    createdAt: _,
    updatedAt: __,
    ...rules
  } = { createdAt: "", updatedAt: "", ...(await admin.call("getAccessPolicy", {})) };
  const own = structuredClone(rules);
  for (const entity of ownedEntities)
    own.roles.rep[entity] = { read: "own", create: "own", update: "own", delete: "own" };
  const changed = await admin.call("putAccessPolicy", { ifMatch: version, body: own });
  await pass("PT61S");
  restore = async () => {
    await admin.call("putAccessPolicy", { ifMatch: changed.version, body: rules });
    await pass("PT61S");
  };
});
afterAll(() => restore());

/** Records that a route may be asked about, by the path that names them. */
function entitiesOf({ path }: Route): Owned[] {
  if (path.startsWith("/v1/records/{id}")) return [...ownedEntities];
  return ownedEntities.filter((entity) => path.startsWith(`/v1/${folders[entity]}/{id}`));
}

const cases = routes.flatMap((route) => entitiesOf(route).map((entity) => [route.id, entity, route] as const));
const bodies = [
  {},
  { name: "x" },
  { text: "x" },
  { to: `stg_${missing}` },
  { to: "working" },
  { loserId: `acc_${missing}` },
];
const prefixes: Record<string, string> = { noteId: "note_", mergeId: "mrg_", principalId: "usr_" };
/** An id that is one: a path that cannot be right is refused whatever the record. */
function otherId(name: string): string {
  const prefix = prefixes[name];
  if (prefix === undefined) throw new Error(`what begins the id that is ${name}?`);
  return prefix + missing;
}
const prefixOf = ({ id }: { id: string }) => id.slice(0, id.indexOf("_") + 1);

describe("attack 1: a record of somebody else", () => {
  test("is named by many routes", () => expect(cases.length).toBeGreaterThan(30));

  test.each(cases)("%s tells as much about such a %s as about one that there is not", async (_id, entity, route) => {
    const { id, version } = foreign[entity];
    const ask = async (recordId: string, body: object) => {
      const path = route.path.replace("{id}", recordId).replace(/\{(\w+)\}/g, (_, name) => otherId(name));
      const answer = await raw(path, {
        method: route.method,
        token: rep.token,
        ...(route.body ? { body } : {}),
        ...(route.precondition ? { headers: { "if-match": `"${version}"` } } : {}),
      });
      return { status: answer.status, text: answer.text.replace(/"requestId":"[^"]+"/, "").replaceAll(recordId, "") };
    };
    for (const body of route.body ? bodies : [{}]) {
      const answer = await ask(id, body);
      expect(answer).toEqual(await ask(`${prefixOf({ id })}${missing}`, body));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      if (route.method === "GET" || route.method === "DELETE") expect(answer.status).toBe(404);
    }
    const path = { id };
    const read = {
      account: "getAccount",
      contact: "getContact",
      opportunity: "getOpportunity",
      lead: "getLead",
    } as const;
    expect(await admin.call(read[entity], { path })).toMatchObject({ version });
  });
});
