import { type Client, createClient } from "@shangji/client";
import { type Route, routes } from "@shangji/contracts";
import { OwnedEntity, type Scope } from "@shangji/contracts/access/schemas";
import type { Role } from "@shangji/contracts/kit/primitives";
import { defaultRules } from "@shangji/core/access/default-policy";
import { isForAdmins } from "@shangji/core/access/scopes";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { clientOf, eventually, makePipeline, type RawResponse, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

/** Whose a record is, seen from a caller in the upper team. */
const unshared = ["own", "team's", "subordinate team's", "foreign", "nobody's", "deleted"] as const;
const shared = ["shared to read", "shared to change"] as const;
const belongings = [...unshared, ...shared] as const;
type Belonging = (typeof belongings)[number];
type Shared = (typeof shared)[number];
type Owned = OwnedEntity;
type Asked = "read" | "create" | "update" | "delete";

/** The records that a scope covers, written down a second time: by hand, from the meaning of the words. */
const covered: Record<Scope, readonly Belonging[]> = {
  none: [],
  own: ["own"],
  team: ["own", "team's"],
  subordinates: ["own", "team's", "subordinate team's"],
  all: ["own", "team's", "subordinate team's", "foreign", "nobody's"],
};

const callers: Role[] = ["admin", "manager", "rep", "analyst", "integration"];
const stack = inject("stack");
const admin = clientOf("admin");
const paths = { account: "accounts", contact: "contacts", opportunity: "opportunities", lead: "leads" } as const;

interface Target {
  id: string;
  version: number;
}

interface Request {
  method: string;
  path: string;
  body?: unknown;
  ifMatch?: number;
}

let owners: Record<"upper" | "lower" | "other", string>;
let people: Record<Role, SignedIn>;
/** One that every caller has a part in. */
let pool: { id: string };
let accountPool: { id: string };
let pipeline: { id: string; stages: { id: string }[] };

beforeAll(async () => {
  const upper = await admin.call("createTeam", { body: { name: "Upper" } });
  const lower = await admin.call("createTeam", { body: { name: "Lower", parentId: upper.id } });
  const other = await admin.call("createTeam", { body: { name: "Other" } });
  // Functions that know all teams look for new ones after half a minute.
  await raw("/_local/clock", { body: { advance: "PT31S" } });
  const [up, low, off] = await Promise.all(
    [upper, lower, other].map(({ id }) =>
      admin.call("createUser", { body: { name: "Owner", role: "rep", teamId: id } }),
    ),
  );
  owners = { upper: up?.id ?? "", lower: low?.id ?? "", other: off?.id ?? "" };
  const signedInPeople = await Promise.all(callers.map((role) => signedIn(role, upper.id)));
  people = Object.fromEntries(callers.map((role, index) => [role, signedInPeople[index]])) as typeof people; // one of each
  pipeline = await makePipeline(admin);
  const memberIds = signedInPeople.map(({ id }) => id);
  pool = await admin.call("createPool", { body: { name: { en: "Matrix" }, memberIds } });
  accountPool = await admin.call("createPool", { body: { name: { en: "Matrix" }, entity: "account", memberIds } });
  await Promise.all(callers.map(shareAhead));
  await raw("/_local/clock", { body: { advance: "PT31S" } });
});

/**
 * Others' records that were shared with a caller half a minute ago, which is how long functions remember what is shared: one
 * of each kind and level for each operation, and one for a put.
 */
const ahead = new Map<string, Target[]>();

async function shareAhead(role: Role): Promise<void> {
  for (const entity of OwnedEntity.options) {
    const ofKind = cases.filter(([, kind]) => kind === entity);
    // One for what leaves records as they are, one for each operation that does not, and two for puts.
    const needed = ofKind.filter(([id]) => !operations[id]?.leavesAsIs).length + 3;
    for (const belonging of shared) {
      const targets: Target[] = [];
      for (let made = 0; made < needed; made++) targets.push(await share(entity, belonging, role));
      ahead.set(`${role} ${entity} ${belonging}`, targets);
    }
  }
}

/** A new record of somebody else's that is shared with the caller. */
async function share(entity: Owned, belonging: Shared, role: Role, pipelineId?: string): Promise<Target> {
  const target = await add(entity, owners.other, pipelineId ? { pipelineId } : {});
  const path = `/v1/records/${target.id}/shares/${people[role].id}`;
  await expectStatus(
    { method: "PUT", path, body: { level: belonging === "shared to read" ? "read" : "write" } },
    "admin",
    200,
  );
  return target;
}

async function sharedAhead(entity: Owned, belonging: Shared, role: Role, externalId?: object): Promise<Target> {
  const target = ahead.get(`${role} ${entity} ${belonging}`)?.pop();
  if (!target) throw new Error(`no more records of the kind ${entity} are ${belonging}`);
  if (!externalId) return target;
  const { body } = await expectStatus(
    { method: "PATCH", path: `/v1/${paths[entity]}/${target.id}`, body: { externalId }, ifMatch: target.version },
    "admin",
    200,
  );
  return body as unknown as Target; // a record, as 200 says
}

/** For all operations that leave a record as it is: one of each kind, belonging and caller. */
const kept = new Map<string, Promise<Target>>();

function keptOne(entity: Owned, belonging: Belonging, role: Role): Promise<Target> {
  const name = `${role} ${entity} ${belonging}`;
  const target = kept.get(name) ?? make(entity, belonging, role);
  kept.set(name, target);
  return target;
}

const isShared = (belonging: Belonging): belonging is Shared => shared.some((each) => each === belonging);

interface Made {
  externalId?: object;
  /** Of an opportunity. @default the pipeline of this file */
  pipelineId?: string;
}

async function make(entity: Owned, belonging: Belonging, role: Role, fields: Made = {}): Promise<Target> {
  if (isShared(belonging)) return sharedAhead(entity, belonging, role, fields.externalId);
  const ownerId = {
    own: people[role].id,
    "team's": owners.upper,
    "subordinate team's": owners.lower,
    foreign: owners.other,
    "nobody's": undefined,
    deleted: people[role].id,
  }[belonging];
  const record = await add(entity, ownerId, fields);
  if (belonging === "nobody's" && entity === "opportunity") {
    // A new opportunity always has an owner; it can lose it later.
    const path = `/v1/opportunities/${record.id}`;
    const { body } = await expectStatus({ method: "PATCH", path, body: { ownerId: null }, ifMatch: 1 }, "admin", 200);
    return body as unknown as Target;
  }
  if (belonging === "deleted") await remove(entity, record);
  return record;
}

async function remove(entity: Owned, { id, version }: Target): Promise<void> {
  await expectStatus({ method: "DELETE", path: `/v1/${paths[entity]}/${id}`, ifMatch: version }, "admin", 204);
}

async function add(entity: Owned, ownerId: string | undefined, fields: Made = {}): Promise<Target> {
  const { body } = await expectStatus(creation(entity, ownerId, fields), "admin", 201);
  return body as unknown as Target; // a record, as 201 says
}

function creation(entity: Owned, ownerId: string | undefined, fields: Made = {}): Request {
  const ofDeal = entity === "opportunity" ? { amountMinor: 1000, pipelineId: pipeline.id } : {};
  const body = { name: "Matrix", ...ofDeal, ...fields, ...(ownerId ? { ownerId } : {}) };
  return { method: "POST", path: `/v1/${paths[entity]}`, body };
}

async function send({ method, path, body, ifMatch }: Request, role: Role): Promise<RawResponse> {
  return raw(path, {
    method,
    token: await people[role].freshToken(),
    ...(body === undefined ? {} : { body }),
    ...(ifMatch === undefined ? {} : { headers: { "if-match": `"${ifMatch}"` } }),
  });
}

async function expectStatus(request: Request, role: Role, status: number): Promise<RawResponse> {
  const answer = await send(request, role);
  expect({ ...request, role, status: answer.status }).toEqual({ ...request, role, status });
  return answer;
}

const idOf = (path: string, { id }: Target) => path.replace("{id}", id);
const changing =
  (method: string) =>
  async (entity: Owned, target: Target): Promise<Request> => ({
    method,
    path: `/v1/${paths[entity]}/${target.id}`,
    ifMatch: target.version,
    ...(method === "PATCH" ? { body: { name: "Changed" } } : {}),
  });
const reading = (path: string): Pick<Operation, "asks" | "leavesAsIs" | "request"> => ({
  asks: "read",
  leavesAsIs: true,
  request: async (_, target) => ({ method: "GET", path: idOf(path, target) }),
});

/** A share that says nothing about any of the callers. */
const sharing = (method: "PUT" | "DELETE"): Pick<Operation, "asks" | "leavesAsIs" | "isNotByShare" | "request"> => ({
  asks: "update",
  leavesAsIs: true,
  isNotByShare: true,
  request: async (_, { id }) => ({
    method,
    path: `/v1/records/${id}/shares/${owners.lower}`,
    ...(method === "PUT" ? { body: { level: "read" } } : {}),
  }),
});

/** A note of the caller's own, written while an admin lets it be read by nobody else. */
async function noteOn(target: Target, role: Role): Promise<string> {
  const answer = await send({ method: "POST", path: `/v1/records/${target.id}/notes`, body: { text: "mine" } }, role);
  return answer.status === 201 ? String(answer.body.id) : "note_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
}

/** Another record of the caller's own, which an admin has merged into the target where that is there. */
async function mergedInto(entity: Mergeable, target: Target, role: Role): Promise<string> {
  const loser = await add(entity, people[role].id);
  const path = `/v1/${paths[entity]}/${target.id}/merges`;
  // Else a winner that is nobody's would get the loser's owner.
  const body = { loserId: loser.id, fields: { ownerId: "winner" } };
  const answer = await send({ method: "POST", path, body }, "admin");
  return answer.status === 201 ? String(answer.body.id) : "mrg_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
}

type Mergeable = "account" | "contact";
const mergeable: Mergeable[] = ["account", "contact"];

interface Operation {
  /** What the caller must be allowed to do with the record itself. */
  asks: Asked;
  request(entity: Owned, target: Target, role: Role): Promise<Request>;
  /** Kinds of records it works on. @default the route's own */
  entities?: readonly Owned[];
  /** Whether what happened to a deleted record stays readable for admins. @default false */
  showsDeletedToAdmins?: boolean;
  /** Whether the record is afterwards what it was, so that the next operation may have it. @default false */
  leavesAsIs?: boolean;
  /** Works on records that are deleted, whosever they were; a living one is in its way. @default false */
  isForDeleted?: boolean;
  /** What those who may do it are answered where the record is not ready for it. @default the route's own answer */
  insteadFor?: Partial<Record<Belonging, number>>;
  /** Whether a share does not let its holder do it, whatever its level. @default false */
  isNotByShare?: boolean;
  /** The record is that of the only row of a list, which gets this where the caller may do it. @default it is no list */
  row?: number;
}

/** How each operation on one record is asked. A route that is missing here fails the test below. */
const operations: Record<string, Operation> = {
  ...Object.fromEntries(
    OwnedEntity.options.flatMap((entity): [string, Operation][] => {
      const name = `${entity[0]?.toUpperCase()}${entity.slice(1)}`;
      return [
        [`get${name}`, reading(`/v1/${paths[entity]}/{id}`)],
        [`update${name}`, { asks: "update", request: changing("PATCH") }],
        [`delete${name}`, { asks: "delete", request: changing("DELETE") }],
      ];
    }),
  ),
  ...Object.fromEntries(
    OwnedEntity.options.map((entity): [string, Operation] => [
      `get${entity[0]?.toUpperCase()}${entity.slice(1)}History`,
      { ...reading(`/v1/${paths[entity]}/{id}/history`), showsDeletedToAdmins: true },
    ]),
  ),
  ...Object.fromEntries(
    OwnedEntity.options.map((entity): [string, Operation] => [
      `restore${entity[0]?.toUpperCase()}${entity.slice(1)}`,
      {
        asks: "delete",
        isForDeleted: true,
        request: async (_, { id }) => ({ method: "POST", path: `/v1/${paths[entity]}/${id}/restoration`, body: {} }),
      },
    ]),
  ),
  ...Object.fromEntries(
    mergeable.flatMap((entity): [string, Operation][] => {
      const name = `${entity[0]?.toUpperCase()}${entity.slice(1)}`;
      const folder = `/v1/${paths[entity]}/{id}`;
      const onMerge = async (target: Target, role: Role, rest = "") =>
        `${idOf(folder, target)}/merges/${await mergedInto(entity, target, role)}${rest}`;
      return [
        [`get${name}Duplicates`, reading(`${folder}/duplicates`)],
        [`list${name}Merges`, reading(`${folder}/merges`)],
        [
          // The record is the winner, which is changed; the loser, which is deleted, is the caller's own.
          `merge${name}s`,
          {
            asks: "update",
            request: async (_, target, role) => ({
              method: "POST",
              path: `${idOf(folder, target)}/merges`,
              body: { loserId: (await add(entity, people[role].id)).id },
            }),
          },
        ],
        [
          `get${name}Merge`,
          { asks: "read", request: async (_, target, role) => ({ method: "GET", path: await onMerge(target, role) }) },
        ],
        [
          `undo${name}Merge`,
          {
            asks: "update",
            request: async (_, target, role) => ({
              method: "POST",
              path: await onMerge(target, role, "/reversal"),
              body: {},
            }),
          },
        ],
      ];
    }),
  ),
  getLeadDuplicates: reading("/v1/leads/{id}/duplicates"),
  getAccountRecycling: reading("/v1/accounts/{id}/recycling"),
  getLeadRecycling: reading("/v1/leads/{id}/recycling"),
  getLeadResponse: reading("/v1/leads/{id}/response"),
  getLeadAssignment: reading("/v1/leads/{id}/assignment"),
  getLeadScore: reading("/v1/leads/{id}/score"),
  listLeadTransitions: reading("/v1/leads/{id}/transitions"),
  transitionLead: {
    asks: "update",
    request: async (_, { id }) => ({
      method: "POST",
      path: `/v1/leads/${id}/transitions`,
      body: { to: "disqualified", reason: "no budget" },
    }),
  },
  getLeadConversion: reading("/v1/leads/{id}/conversion"),
  convertLead: {
    asks: "update",
    insteadFor: { "nobody's": 409 },
    // To records that the caller sees: what is new would ask for more.
    request: async (_, { id }, role) => ({
      method: "POST",
      path: `/v1/leads/${id}/conversion`,
      body: {
        contactId: (await add("contact", people[role].id)).id,
        accountId: (await add("account", people[role].id)).id,
      },
    }),
  },
  returnLead: {
    asks: "update",
    isNotByShare: true,
    request: async (_, { id }) => ({
      method: "POST",
      path: `/v1/leads/${id}/return`,
      body: { poolId: pool.id, reason: "no_capacity" },
    }),
  },
  returnAccount: {
    asks: "update",
    isNotByShare: true,
    request: async (_, { id }) => ({
      method: "POST",
      path: `/v1/accounts/${id}/return`,
      body: { poolId: accountPool.id, reason: "no_capacity" },
    }),
  },
  explainAccess: {
    asks: "read",
    leavesAsIs: true,
    entities: OwnedEntity.options,
    request: async (entity, { id }) => ({ method: "GET", path: `/v1/access/explain?entity=${entity}&id=${id}` }),
  },
  listShares: { ...reading("/v1/records/{id}/shares"), entities: OwnedEntity.options },
  putShare: { ...sharing("PUT"), entities: OwnedEntity.options },
  endShare: { ...sharing("DELETE"), entities: OwnedEntity.options },
  recordBehaviour: {
    asks: "update",
    leavesAsIs: true,
    row: 201,
    request: async (_, { id: leadId }, role) => {
      const { now } = (await raw("/_local/clock")).body;
      const event = { source: "matrix", id: `${role} ${leadId}`, leadId, type: "page_viewed", occurredAt: now };
      return { method: "POST", path: "/v1/behaviour-events", body: { events: [event] } };
    },
  },
  listTransitions: reading("/v1/opportunities/{id}/transitions"),
  transitionOpportunity: {
    asks: "update",
    request: async (_, { id }) => ({
      method: "POST",
      path: `/v1/opportunities/${id}/transitions`,
      body: { to: pipeline.stages[1]?.id },
    }),
  },
  getTimeline: { ...reading("/v1/records/{id}/timeline"), entities: OwnedEntity.options },
  createNote: {
    asks: "read",
    leavesAsIs: true,
    entities: OwnedEntity.options,
    request: async (_, { id }) => ({ method: "POST", path: `/v1/records/${id}/notes`, body: { text: "x" } }),
  },
  updateNote: {
    asks: "read",
    leavesAsIs: true,
    entities: OwnedEntity.options,
    request: async (_, target, role) => ({
      method: "PATCH",
      path: `/v1/records/${target.id}/notes/${await noteOn(target, role)}`,
      body: { text: "y" },
      ifMatch: 1,
    }),
  },
  deleteNote: {
    asks: "read",
    leavesAsIs: true,
    entities: OwnedEntity.options,
    request: async (_, target, role) => ({
      method: "DELETE",
      path: `/v1/records/${target.id}/notes/${await noteOn(target, role)}`,
      ifMatch: 1,
    }),
  },
};

/** Name their record in the query or the body. */
const withIdElsewhere = ["explainAccess", "recordBehaviour"];
const isOnOneRecord = (route: Route) =>
  route.path.startsWith("/v1/records/{id}") || withIdElsewhere.includes(route.id) || isOnOneOfAKind(route);
const isOnOneOfAKind = (route: Route) =>
  route.path.includes("{id}") &&
  ["account", "contact", "opportunity", "lead", "note"].includes(route.access.entity) &&
  route.id !== "getBoard" &&
  // The id is a pool's: who has a part in it is judged by `pools.test.ts`.
  !route.path.startsWith("/v1/pools/") &&
  // Named by another system's id, and then not there to be found: judged below.
  !route.upserts;
const onOneRecord = routes.filter(isOnOneRecord);

function scope(role: Role, entity: Route["access"]["entity"], action: Asked): Scope {
  if (isForAdmins(entity) || entity === "search" || entity === "self" || entity === "view" || entity === "export")
    throw new Error(`${entity} is nobody's record`);
  return defaultRules.roles[role][entity][action];
}

/** Whether a role's rule covers a record. A share adds what its level says to a rule that covers any, but no deletion. */
function covers(role: Role, entity: Owned, action: Asked, belonging: Belonging): boolean {
  const rule = scope(role, entity, action);
  if (!isShared(belonging)) return covered[rule].includes(belonging);
  const isGiven = action === "read" || (action === "update" && belonging === "shared to change");
  return rule === "all" || (rule !== "none" && isGiven);
}

/** What an operation must answer, from the table of rules alone. */
function verdict(route: Route, operation: Operation, entity: Owned, belonging: Belonging, role: Role): number {
  const { asks, showsDeletedToAdmins, isForDeleted, isNotByShare, row = route.status } = operation;
  if (showsDeletedToAdmins && belonging === "deleted" && role === "admin") return 200;
  if (scope(role, route.access.entity, route.access.action) === "none") return 403;
  const whose = isForDeleted && belonging === "deleted" ? "own" : belonging;
  if (!covers(role, entity, "read", whose)) return 404;
  const may = isNotByShare && isShared(whose) ? scope(role, entity, asks) === "all" : covers(role, entity, asks, whose);
  return may ? (operation.insteadFor?.[belonging] ?? row) : 403;
}

const cases = onOneRecord.flatMap(
  (route) =>
    (operations[route.id]?.entities ?? [route.access.entity as Owned]).map(
      (entity) => [route.id, entity, route] as const,
    ), // not a note: it names its entities
);

describe("H2 every operation on one record", () => {
  test("is in the table, none missing", () => {
    expect(onOneRecord.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
  });

  test.each(cases)("%s of an %s, for every role and every belonging", async (_id, entity, route) => {
    const operation = operations[route.id];
    if (!operation) throw new Error(`${route.id} is not in the table`);
    const judge = async (role: Role) => {
      for (const belonging of belongings) {
        const target = await (operation.leavesAsIs ? keptOne : make)(entity, belonging, role);
        if (operation.isForDeleted && belonging !== "deleted") await remove(entity, target);
        const request = await operation.request(entity, target, role);
        const expected = verdict(route, operation, entity, belonging, role);
        // The history of what is gone is known once the stream has been read.
        const isLate = belonging === "deleted" && expected === 200;
        const answer = await eventually(
          () => send(request, role),
          ({ status }) => !isLate || status === 200,
        );
        const status = operation.row === undefined ? answer.status : statusOfRow(answer);
        expect({ role, belonging, status }).toEqual({ role, belonging, status: expected });
        if (expected === 404) expect(shownOf(answer)).toEqual(shownOf(await missing(request, target, role)));
      }
    };
    await Promise.all(callers.map(judge));
  });
});

function statusOfRow({ status, body }: RawResponse): number {
  const [first] = (body.results ?? []) as { status: number }[]; // one for each row, unless the list is refused
  return first?.status ?? status;
}

/** The same question about an id that nothing has. */
function missing(request: Request, { id }: Target, role: Role): Promise<RawResponse> {
  return send(JSON.parse(JSON.stringify(request).replaceAll(id, `${id.slice(0, -6)}ZZZZZZ`)), role);
}

/** Everything but what differs from request to request. */
function shownOf({ status, text, headers }: RawResponse): object {
  const each = new Set(["date", "apigw-requestid", "content-length"]);
  return {
    status,
    text: text.replace(/"requestId":"[^"]+"/, ""),
    headers: [...headers].filter(([name]) => !each.has(name)),
  };
}

describe("H2 a batch judges each row, and a put each record, as single operations are judged", () => {
  const cases = callers.flatMap((role) => OwnedEntity.options.map((entity) => [role, entity] as const));
  test.each(cases)("a %s's %s", async (role, entity) => {
    const allows = (action: Asked, belonging: Belonging) => covers(role, entity, action, belonging);
    const changed = (belonging: Belonging) => (allows("update", belonging) ? 200 : 403);
    const rows: { row: object; status: number }[] = [];
    for (const belonging of belongings) {
      const isSeen = allows("read", belonging);
      const target = await make(entity, belonging, role);
      rows.push({
        row: { update: { id: target.id, version: target.version, fields: { name: "Changed" } } },
        status: isSeen ? changed(belonging) : 404,
      });
      const externalId = { source: "matrix", id: target.id };
      await make(entity, belonging, role, { externalId });
      const isGone = belonging === "deleted";
      const added = allows("create", "own") ? 201 : 403;
      rows.push({
        row: { upsert: { externalId, fields: { name: "Put" } } },
        // What is gone has left its external id free; what is not to be seen keeps it.
        status: isGone ? added : isSeen ? changed(belonging) : 409,
      });
    }
    for (const [belonging, ownerId] of [
      ["own", people[role].id],
      ["team's", owners.upper],
      ["subordinate team's", owners.lower],
      ["foreign", owners.other],
    ] as const) {
      const row = { create: { name: "Row", ownerId } };
      rows.push({ row, status: allows("create", belonging) ? 201 : 403 });
    }
    const body = { rows: rows.map(({ row }) => row) };
    const mayAny = scope(role, entity, "create") !== "none" || scope(role, entity, "update") !== "none";
    const request = { method: "POST", path: `/v1/${paths[entity]}/batch`, body };
    const answer = await expectStatus(request, role, mayAny ? 200 : 403);
    if (!mayAny) return;
    const results = answer.body.results as { status: number }[]; // one for each row
    expect(results.map(({ status }, at) => ({ row: rows[at]?.row, status }))).toEqual(rows);
  });
});

describe("H2 what shows many records shows those that may be read, and only those", () => {
  test.each(callers)("to a %s", async (role) => {
    const since = (await admin.call("createTeam", { body: { name: "Now" } })).createdAt;
    const { id: pipelineId } = await makePipeline(admin);
    const made = new Map<string, Map<string, Belonging>>();
    for (const entity of OwnedEntity.options) {
      const ofKind = new Map<string, Belonging>();
      const fields = entity === "opportunity" ? { pipelineId } : {};
      for (const belonging of unshared) ofKind.set((await make(entity, belonging, role, fields)).id, belonging);
      for (const belonging of shared)
        ofKind.set((await share(entity, belonging, role, fields.pipelineId)).id, belonging);
      made.set(entity, ofKind);
    }
    await raw("/_local/clock", { body: { advance: "PT31S" } });
    const client = createClient({ baseUrl: stack.apiUrl, token: await people[role].freshToken() });
    const filter = { field: "updatedAt", gte: since };
    const exports = new Map<Owned, string>();
    for (const entity of OwnedEntity.options)
      exports.set(entity, (await client.call("createExport", { body: { entity, format: "ndjson", filter } })).id);
    for (const entity of OwnedEntity.options) {
      const ofKind = made.get(entity) ?? new Map<string, Belonging>();
      const expected = belongings.filter((belonging) => covers(role, entity, "read", belonging)).toSorted();
      const seenIn = (ids: Iterable<string>) => [...ids].flatMap((id) => ofKind.get(id) ?? []).toSorted();
      expect(seenIn(await listed(`/v1/${paths[entity]}`, role, since))).toEqual(expected);
      // Naming a lane shows no more than the whole does.
      for (const ownerId of [people[role].id, ...Object.values(owners)]) {
        const seen = seenIn(await listed(`/v1/${paths[entity]}?owner=${ownerId}`, role, since));
        expect(expected).toEqual(expect.arrayContaining(seen));
      }
      expect(seenIn(await searched(entity, role, ofKind))).toEqual(expected);
      expect(seenIn(await exported(client, exports.get(entity) ?? ""))).toEqual(expected);
      if (entity !== "opportunity") continue;
      const filter = { field: "pipelineId", eq: pipelineId };
      expect(
        seenIn(await listed(`/v1/opportunities?filter=${encodeURIComponent(JSON.stringify(filter))}`, role)),
      ).toEqual(expected);
      expect(seenIn(await boarded(role, pipelineId))).toEqual(expected);
      await eventually(
        () => counted(role, pipelineId),
        (open) => open === expected.length,
      );
    }
  });
});

/** Lists go from the latest change back: those of before `since` need not be gone through. */
async function listed(path: string, role: Role, since = ""): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const query = `${path.includes("?") ? "&" : "?"}limit=50${next ? `&cursor=${encodeURIComponent(next)}` : ""}`;
    const { body } = await expectStatus({ method: "GET", path: path + query }, role, 200);
    const items = body.items as (Target & { updatedAt: string })[];
    ids.push(...items.map(({ id }) => id));
    next = items.some(({ updatedAt }) => updatedAt < since) ? undefined : (body.next as string | undefined);
  } while (next);
  expect(new Set(ids).size).toBe(ids.length);
  return ids;
}

/** What is found of some records by the word that all of them are named by, once the index has come that far. */
async function searched(entity: Owned, role: Role, made: ReadonlyMap<string, Belonging>): Promise<string[]> {
  const living = [...made].filter(([, belonging]) => belonging !== "deleted").length;
  const ofMade = async (caller: Role) => {
    // The newest are found first, so there is no need to go through what other tests have made.
    const { body } = await expectStatus(
      { method: "GET", path: `/v1/search?q=matrix&entity=${entity}&limit=20` },
      caller,
      200,
    );
    return (body.items as Target[]).map(({ id }) => id).filter((id) => made.has(id));
  };
  await eventually(
    () => ofMade("admin"),
    (ids) => ids.length === living,
  );
  return ofMade(role);
}

async function boarded(role: Role, pipelineId: string): Promise<string[]> {
  const { body } = await expectStatus({ method: "GET", path: `/v1/pipelines/${pipelineId}/board?limit=50` }, role, 200);
  return (body.stages as { opportunities: Target[] }[]).flatMap((stage) => stage.opportunities.map(({ id }) => id));
}

/** The records in the file of an export that was ordered a while ago. */
async function exported(client: Client, id: string): Promise<string[]> {
  const done = await eventually(
    () => client.call("getExport", { path: { id } }),
    ({ status }) => status !== "running",
  );
  if (!done.downloadUrl) throw new Error(`the export ended as ${done.status}`);
  const lines = (await (await fetch(done.downloadUrl)).text()).split("\n").slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as Target).id);
}

/** How many open deals the funnel has for a caller. */
async function counted(role: Role, pipelineId: string): Promise<number> {
  const { body } = await expectStatus(
    { method: "GET", path: `/v1/analytics/funnel?pipelineId=${pipelineId}` },
    role,
    200,
  );
  const [group] = body.groups as { open: number }[];
  return group?.open ?? 0;
}

describe("A1 who may restore records sees them among the deleted, and only those", () => {
  test.each(callers)("a %s", async (role) => {
    for (const entity of OwnedEntity.options) {
      const path = `/v1/${paths[entity]}/deleted`;
      if (scope(role, entity, "delete") === "none") {
        await expectStatus({ method: "GET", path }, role, 403);
        continue;
      }
      const made = new Map<string, Belonging>();
      for (const belonging of covered.all) {
        const target = await make(entity, belonging, role);
        await remove(entity, target);
        made.set(target.id, belonging);
      }
      const seen = (await listed(path, role)).flatMap((id) => made.get(id) ?? []);
      expect(seen.toSorted()).toEqual(covered[scope(role, entity, "delete")].toSorted());
    }
  });
});

describe("H2 who may add a record for whom", () => {
  test.each(callers)("a %s", async (role) => {
    for (const entity of OwnedEntity.options) {
      const rule = scope(role, entity, "create");
      for (const [belonging, ownerId] of [
        ["own", people[role].id],
        ["team's", owners.upper],
        ["subordinate team's", owners.lower],
        ["foreign", owners.other],
      ] as const) {
        const status = covered[rule].includes(belonging) ? 201 : 403;
        await expectStatus(creation(entity, ownerId), role, status);
      }
      if (rule === "none") continue;
      // Who does not cover all records owns what is made without an owner; a deal always has one.
      const { body } = await expectStatus(creation(entity, undefined), role, 201);
      expect(body.ownerId).toBe(rule === "all" && entity !== "opportunity" ? undefined : people[role].id);
    }
  });
});
