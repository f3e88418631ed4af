import { randomBytes } from "node:crypto";
import { InternalServerError } from "@aws-sdk/client-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { insertAll } from "@shangji/aws/dynamo/kit/insert-all";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { leadShape } from "@shangji/aws/dynamo/leads/leads";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { idSource } from "@shangji/core/kit/ids";
import type { Stored } from "@shangji/core/kit/record";
import { newLead } from "@shangji/core/leads/new-lead";
import { meteredClient } from "@shangji/testing/metered-client";
import { assignmentWorld, atOnce, processOf } from "./world.ts";

const inParallel = 64;
const people = 20;
const cappedPeople = 5;

/** What became of a flood of leads. */
export interface Flooded {
  leads: number;
  inParallel: number;
  /** All that was not as it must be. */
  faults: string[];
  seconds: number;
  /** Requests to the store for each event, what was tried in vain included. */
  requestsPerEvent: number;
}

/**
 * So many leads at 64 in parallel, each process with its own memory, and a twentieth of their events twice. 85% are for 24 people
 * in turn, of whom two are on leave and two are not at work; the others for five of whom each may have so few that a third of
 * these leads is left over.
 */
export async function flood(table: Table, leads: number): Promise<Flooded> {
  const meter = meteredClient(table.client);
  const it = await assignmentWorld({ ...table, client: meter.client }, people);
  const { turn, capped, maxPerDay, inTurn, away } = await organisation(it, leads);
  const made = await addLeads(it, leads);
  const events = made.flatMap(({ id }, index) => (index % 20 === 7 ? [id, id] : [id]));
  const processes = Array.from({ length: inParallel }, () => processOf(it.table, it.clock));
  const outcomes = new Map<string, string[]>(made.map(({ id }) => [id, []]));
  let next = 0;
  meter.reset();
  const started = performance.now();
  await atOnce(events, inParallel, async (id) => {
    const outcome = await untilAnswered(() => it.assign(id, processes[next++ % inParallel]));
    outcomes.get(id)?.push(outcome);
  });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const requestsPerEvent = Math.round((10 * meter.requests()) / events.length) / 10;

  const faults: string[] = [];
  const expectThat = (isSo: boolean, fault: string) => {
    if (!isSo) faults.push(fault);
  };
  const stored = await it.leads.getMany(made.map(({ id }) => id));
  const given = new Map<string, Map<string, number>>([turn, capped].map((region) => [region, new Map()]));
  const leftOver: string[] = [];
  for (const { id, region = "" } of made) {
    const lead = stored.get(id);
    const told = outcomes.get(id) ?? [];
    const owner = lead?.ownerId;
    if (owner === undefined) {
      expectThat(region === capped && lead?.version === 1, `${id} is nobody's`);
      leftOver.push(id);
      expectThat(
        told.every((each) => each === "unassigned"),
        `${id} was told to be ${told}`,
      );
      continue;
    }
    // Once: any second assignment would be another version. Whoever reads while it is written may see the owner alone.
    expectThat(lead?.version === 2 && lead.status === "assigned", `${id} is at version ${lead?.version}`);
    expectThat(told.includes("assigned"), `${id} was told to be ${told}`);
    const counts = given.get(region);
    counts?.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  for (const id of [...leftOver.slice(0, 20), ...made.slice(0, 100).map((lead) => lead.id)]) {
    const explanation = (await it.process.assignments.decisionOf(id))?.explanation;
    expectThat(explanation?.userId === stored.get(id)?.ownerId, `${id} was decided for ${explanation?.userId}`);
    const isFull = explanation?.candidates.every(({ refusals: [first] }) => first?.why === "period_cap");
    expectThat(isFull === leftOver.includes(id), `${id} tells ${explanation?.outcome}`);
  }
  const inTurnCounts = inTurn.map((id) => given.get(turn)?.get(id) ?? 0);
  expectThat(Math.max(...inTurnCounts) - Math.min(...inTurnCounts) <= 1, `turns are uneven: ${inTurnCounts}`);
  for (const id of away) expectThat(!given.get(turn)?.has(id), `${id} is away`);
  for (const [id, count] of given.get(capped) ?? []) expectThat(count === maxPerDay, `${id} has ${count}`);
  expectThat(given.get(capped)?.size === cappedPeople, "somebody has none");
  const tallies = await it.tallies();
  for (const counts of given.values())
    for (const [id, count] of counts) expectThat(tallies.get(id)?.open === count, `${id} is counted wrongly`);
  return { leads, inParallel, faults, seconds, requestsPerEvent };
}

/** The engine refuses what has waited for its lock for too long; the workflow tries a step again that had no answer. */
async function untilAnswered<T>(step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof InternalServerError)) throw error;
    }
  }
}

type World = Awaited<ReturnType<typeof assignmentWorld>>;

async function organisation(it: World, leads: number) {
  const allDay = [{ from: "00:00", until: "24:00" }];
  const away: string[] = [];
  for (let made = 0; made < 2; made++) {
    away.push((await it.addUser({ leave: [{ from: "2026-11-01", until: "2026-11-30" }] })).id);
    // It is Monday.
    away.push((await it.addUser({ workingHours: { sunday: allDay } })).id);
  }
  const few: string[] = [];
  for (let made = 0; made < cappedPeople; made++) few.push((await it.addUser()).id);
  const [turn, capped] = ["华东", "华北"];
  const maxPerDay = Math.floor((leads * 0.15 * 2) / 3 / cappedPeople);
  const inRegion = (region: string) => ({ field: "region", eq: region });
  await it.rules([
    {
      id: "capped",
      when: inRegion(capped),
      target: { kind: "round_robin", among: { userIds: few } },
      guards: { maxPerDay },
    },
    {
      id: "turn",
      when: inRegion(turn),
      target: { kind: "round_robin", among: { userIds: [...it.userIds, ...away] } },
    },
  ]);
  return { turn, capped, maxPerDay, inTurn: it.userIds, away };
}

/** With ids that end in chance, as real ones do. */
async function addLeads(it: World, count: number): Promise<Stored<Lead>[]> {
  const stamp = { context: { ...it.context, ids: idSource(it.clock, () => randomBytes(10)) }, command: "test" };
  const made = Array.from({ length: count }, (_, index) =>
    newLead({ name: "陈静", tags: [], region: index % 20 < 17 ? "华东" : "华北" }, stamp),
  );
  const items = made.map((lead) => createItem(it.table, leadShape, lead).Put?.Item as { pk: string; sk: string });
  await insertAll(it.table, items);
  return made;
}
