import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { clockPut } from "@shangji/aws/dynamo/response/clock-items";
import { createClient } from "@shangji/client";
import { startedClock } from "@shangji/core/assignment/response/clock";
import { emailKey } from "@shangji/core/duplicates/match-keys";
import { startEngine } from "@shangji/testing/dynamodb";
import { runStack } from "../../scripts/local/run-stack.ts";
import { localTable } from "../../scripts/local/seed.ts";
import { accessToken } from "../../scripts/stack.ts";
import { leadPools } from "../integration/pools/world.ts";
import { friday, responseWorld } from "../integration/response/world.ts";
import { quantile, round } from "./load.ts";

export interface LeadRow {
  measured: string;
  count: number;
  p50Ms?: number;
  p95Ms?: number;
  perSecond?: number;
  seconds?: number;
}

/** What leads go through: from a public form to an owner, out of a pool, and past their deadlines. */
export async function measureLeads(): Promise<LeadRow[]> {
  return [await formToAssigned(50), await claims(1_000, 16), ...(await sweeps(100_000, 1_000))];
}

const sendsPerMinute = 10;

/**
 * One form after the other on a local stack in memory, from the send until the store has its lead with an owner. After as many as one
 * address may send the stack's clock goes a minute on.
 */
async function formToAssigned(count: number): Promise<LeadRow> {
  const folder = await mkdtemp(join(tmpdir(), "shangji-bench-"));
  const { stack, cloud } = await runStack({ outdir: join(folder, "assembly") });
  try {
    const client = createClient({ baseUrl: stack.apiUrl, token: await accessToken(stack, "admin") });
    const { items } = await client.call("listUsers", { query: {} });
    const userIds = items.filter(({ role }) => role === "rep").map(({ id }) => id);
    const target = { kind: "round_robin" as const, among: { userIds } };
    await client.call("putAssignmentRules", {
      ifMatch: 0,
      body: { rules: [{ id: "all", target }], guards: { workingHours: false } },
    });
    const form = await client.call("createForm", {
      body: {
        name: "Bench",
        fields: [
          { input: "name", to: "name", required: true },
          { input: "email", to: "email", required: true },
        ],
      },
    });
    const table = localTable(stack.store);
    const pass = (advance: string) => post(`${stack.apiUrl}/_local/clock`, { advance });
    await pass("PT31S");
    const taken: number[] = [];
    // The first ones find functions that have not run yet.
    for (let sent = -sendsPerMinute; sent < count; sent++) {
      if (sent % sendsPerMinute === 0) {
        await pass("PT1M");
        await cloud.settle();
      }
      const email = `form.${sent + sendsPerMinute}@example.com`;
      const started = performance.now();
      await post(`${stack.apiUrl}/v1/public/forms/${form.key}`, { name: `陈静 ${sent}`, email });
      await untilOwned(table, email);
      if (sent >= 0) taken.push(performance.now() - started);
    }
    taken.sort((left, right) => left - right);
    return { measured: "form to assigned", count, p50Ms: quantile(taken, 0.5), p95Ms: quantile(taken, 0.95) };
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function post(url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}

const lookEveryMs = 20;
const patienceMs = 60_000;

async function untilOwned(table: Table, email: string): Promise<void> {
  const leads = leadsIn(table);
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const [match] = await leads.findMatches({ by: "email", value: emailKey(email) });
    if (match?.record.ownerId !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw new Error("a lead found no owner");
}

/** People who claim from one pool, each lead once. */
async function claims(count: number, atOnce: number): Promise<LeadRow> {
  const engine = await startEngine();
  try {
    const it = await leadPools(await engine.createTable(), 50);
    const ids: string[] = [];
    for (let made = 0; made < count; made++) ids.push((await it.addPooled()).id);
    const taken: number[] = [];
    const started = performance.now();
    let next = 0;
    const work = async () => {
      for (let at = next++; at < count; at = next++) {
        const began = performance.now();
        await it.claim(it.userIds[at % it.userIds.length] ?? "", ids[at] ?? "");
        taken.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const perSecond = round((count * 1000) / (performance.now() - started));
    taken.sort((left, right) => left - right);
    const measured = `claims, ${atOnce} at once`;
    return { measured, count, perSecond, p50Ms: quantile(taken, 0.5), p95Ms: quantile(taken, 0.95) };
  } finally {
    await engine.stop();
  }
}

const afterWeekend = "2026-11-09T04:30:00.000Z";

/** A sweep of many timers of which some are due, each a lead that goes to somebody else, and one that finds nothing due. */
async function sweeps(timers: number, due: number): Promise<LeadRow[]> {
  const engine = await startEngine();
  try {
    const it = await responseWorld(await engine.createTable(), 20);
    await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }]);
    await it.policies([{ id: "all", respondWithinMinutes: 240, reassignments: 2 }]);
    it.until(friday);
    for (let made = 0; made < due; made++) {
      const lead = await it.addLead({ ownerId: it.userIds[made % it.userIds.length] ?? "" });
      await it.given(lead);
    }
    await fill(it.table, timers - due, it.userIds[0] ?? "");
    it.until(afterWeekend);
    const rows: LeadRow[] = [];
    for (const measured of [`sweep of ${timers} timers`, `sweep of ${timers} timers, nothing due`]) {
      const started = performance.now();
      const { reassigned: count = 0 } = await it.sweep();
      rows.push({ measured, count, seconds: round((performance.now() - started) / 1000) });
    }
    return rows;
  } finally {
    await engine.stop();
  }
}

const itemsPerWrite = 25;
const later = "2027-01-04T02:00:00.000Z";
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** Clocks whose timers come much later; nobody looks at their leads. */
async function fill(table: Table, count: number, ownerId: string): Promise<void> {
  const stamp = {
    actor: { userId: "system", role: "admin" as const },
    clock: { now: () => new Date(friday) },
    requestId: "bench",
    source: "system" as const,
    command: "fill",
  };
  const itemOf = (index: number) => {
    const id = `lead_${index.toString().padStart(25, "0")}${letters[index % letters.length]}`;
    const begun = startedClock(id, { version: 1, at: friday, ownerId }, { before: undefined, stamp });
    const next = { key: "remind", step: "remind" as const, dueAt: later };
    return { PutRequest: { Item: clockPut(table, { before: undefined, after: { ...begun, next } }).Item } };
  };
  let written = 0;
  const work = async () => {
    for (let at = written; at < count; at = written) {
      written += itemsPerWrite;
      const items = Array.from({ length: Math.min(itemsPerWrite, count - at) }, (_, index) => itemOf(at + index));
      await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: items } }));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}
