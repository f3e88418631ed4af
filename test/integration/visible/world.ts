import { isDeepStrictEqual } from "node:util";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { policiesIn } from "@shangji/aws/dynamo/access/policies";
import { sharesIn } from "@shangji/aws/dynamo/access/shares";
import { projectorDepsFor } from "@shangji/aws/dynamo/analytics/open-projector";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import type { Scope } from "@shangji/contracts/access/schemas";
import { Role } from "@shangji/contracts/kit/primitives";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import { defaultRules } from "@shangji/core/access/default-policy";
import { ledTeams } from "@shangji/core/access/led-teams";
import type { Viewer } from "@shangji/core/access/viewer";
import type { Actor } from "@shangji/core/kit/actor";
import type { Stored } from "@shangji/core/kit/record";
import { opportunitiesOf, owners, stages, teams } from "@shangji/testing/listed-world";
import { testClock } from "@shangji/testing/world";
import fc from "fast-check";
import { indexChanges } from "../../../functions/analytics/index-changes.ts";
import { projectChanges } from "../../../functions/analytics/project-changes.ts";

export type Deal = Stored<Opportunity>;

/** Every deal of these worlds has it in its name. */
export const word = "Sunrise";
export const regionOf: ReadonlyMap<string, string> = new Map([[teams[0] ?? "", "East"]]);

const at = "2026-11-02T08:30:00.000Z";
const stamps = {
  version: 1,
  createdAt: at,
  updatedAt: at,
  change: { actorId: "system", at, command: "test", source: "system", requestId: "test" },
} as const;

export const pipeline: Stored<Pipeline> = {
  ...stamps,
  id: `pip_${"1".padStart(26, "0")}`,
  name: { en: "Sales" },
  definitionVersion: 1,
  stages: stages.map((id, index) => ({
    id,
    name: { en: id },
    type: (["open", "open", "won", "lost"] as const)[index] ?? "open",
    probability: 50,
    forecastCategory: "pipeline",
  })),
  transitions: [],
  isDefault: true,
};

const some = <T>(from: readonly T[]) => fc.option(fc.constantFrom(...from), { nil: undefined, freq: 3 });
const belonging = { ownerId: some(owners), teamId: some(teams) };
const dealCount = 14;
const anyDeal = fc.nat(dealCount - 1);
const level = fc.constantFrom("read" as const, "write" as const);

/** Who is who, what each role may read, which deals there are, with whom they are shared, and what happens to them. */
export const worlds = fc.record({
  scopes: fc.record(
    Object.fromEntries(
      Role.options.map((role) => [role, fc.constantFrom<Scope>("none", "own", "team", "subordinates", "all")]),
    ) as Record<Role, fc.Arbitrary<Scope>>, // all roles
  ),
  /** Teams without deals below the first one: who leads them has more lanes than a search reads one by one. */
  branches: fc.constantFrom(0, 0, 12),
  teams: fc.tuple(...teams.map(() => fc.record({ parentId: some(teams), managerId: some(owners) }))),
  people: fc.tuple(...owners.map(() => fc.record({ role: fc.constantFrom(...Role.options), teamId: some(teams) }))),
  deals: opportunitiesOf(dealCount),
  shares: fc.array(fc.record({ deal: anyDeal, principalId: fc.constantFrom(...owners, ...teams), level }), {
    minLength: 4,
    maxLength: 14,
  }),
  changes: fc.array(
    fc.oneof(
      fc.record({ deal: anyDeal, moves: fc.record(belonging) }),
      fc.record({ deal: anyDeal, deletes: fc.constant(true) }),
    ),
    { maxLength: 5 },
  ),
  endedShares: fc.array(fc.nat(13), { maxLength: 3 }),
});
export type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** Where a world lives. */
export interface Tables {
  table: Table;
  searchTable: Table;
  totalsTable: Table;
}

/** What a world has come to: the deals that there are, and those who look at them by the rules and shares that hold now. */
export interface Outcome {
  deals: Deal[];
  viewers: Viewer[];
}

/** Writes a world as its people would, lets the stream's consumers follow, and then what happens in it, likewise. */
export async function live(world: World, tables: Tables): Promise<Outcome> {
  const { table } = tables;
  const clock = testClock();
  const store = opportunitiesIn(table);
  const shared = sharesIn(table, clock);
  const rules = rulesOf(world);
  const tree = teams.map((id, index) => {
    const { parentId, managerId } = world.teams[index] ?? {};
    return { id, name: id, ...(parentId ? { parentId } : {}), ...(managerId ? { managerId } : {}) };
  });
  for (let branch = 1; branch <= world.branches; branch++) {
    const id = `team_${String(900 + branch).padStart(26, "0")}`;
    tree.push({ id, name: id, ...(teams[0] ? { parentId: teams[0] } : {}) });
  }
  await policiesIn(table, clock).save({ ...stamps, ...rules });
  await pipelinesIn(table, clock).create(pipeline);
  for (const team of tree) {
    const region = regionOf.get(team.id);
    await teamsIn(table, clock).create({ ...stamps, ...team, ...(region ? { region } : {}) });
  }
  const deals = new Map(world.deals.map((deal) => [deal.id, { ...deal, name: `${deal.name} ${word}` }]));
  const ids = [...deals.keys()];
  let images: Images = new Map();
  for (const deal of deals.values()) await store.create(deal);
  const shares = new Map<string, { recordId: string; principalId: string; level: "read" | "write" }>();
  for (const { deal, ...share } of world.shares) {
    const recordId = ids[deal] ?? "";
    await shared.save({ ...share, recordId, sharedBy: "system", sharedAt: at }, stamps.change);
    shares.set(`${recordId} ${share.principalId}`, { ...share, recordId });
  }
  images = await follow(tables, images);
  for (const change of world.changes) {
    const before = deals.get(ids[change.deal] ?? "");
    if (!before) continue;
    const version = before.version + 1;
    if ("deletes" in change) {
      await store.remove(before, { ...before, version, deletedAt: at });
      deals.delete(before.id);
    } else {
      const after = JSON.parse(JSON.stringify({ ...before, ...change.moves, version })) as Deal; // without gaps, as stored
      await store.update(before, after);
      deals.set(before.id, after);
    }
  }
  for (const [key, share] of [...shares].filter((_, index) => world.endedShares.includes(index))) {
    await shared.remove(share, stamps.change);
    shares.delete(key);
  }
  await follow(tables, images);
  const viewers = owners.map((userId, index): Viewer => {
    const { role = "rep", teamId } = world.people[index] ?? {};
    const actor: Actor = { userId, role, ...(teamId ? { teamId } : {}) };
    const own = [...shares.values()].filter(({ principalId }) => principalId === userId || principalId === teamId);
    return { actor, rules, ledTeamIds: ledTeams(actor, tree), shares: own };
  });
  return { deals: [...deals.values()], viewers };
}

function rulesOf({ scopes }: World) {
  const roles = { ...defaultRules.roles };
  for (const role of Role.options) {
    roles[role] = { ...roles[role], opportunity: { ...roles[role].opportunity, read: scopes[role] } };
  }
  return { roles };
}

/** Items by key, as the stream has shown them last. */
type Images = Map<string, Record<string, unknown>>;

/** Gives what has been written since to the projector and to the search index, as the stream does. */
async function follow({ table, searchTable, totalsTable }: Tables, before: Images): Promise<Images> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
  const after: Images = new Map(Items.map((item) => [`${item.pk} ${item.sk}`, item]));
  const records = [...after].flatMap(([key, item]) => {
    const old = before.get(key);
    if (item.__edb_e__ === undefined || isDeepStrictEqual(old, item)) return [];
    return [{ sequenceNumber: key, at: undefined, before: old, after: item }];
  });
  const deps = projectorDepsFor({ totals: totalsTable, records: table }, testClock());
  await indexChanges(records, { ...deps, table: searchTable });
  const failures = await projectChanges(records, { zone: "UTC", table, deps });
  if (failures.length > 0) throw new Error("a deal cannot be counted", { cause: failures[0]?.error });
  return after;
}
