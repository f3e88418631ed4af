import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CallContext } from "../../kit/context.ts";
import type { Stored } from "../../kit/record.ts";
import { revise } from "../../kit/revise.ts";
import type { Teams, Users } from "../../people/ports.ts";
import { poolForNobodys } from "../../pools/default-pool.ts";
import { leadPooled } from "../../pools/pooled-lead.ts";
import type { Pools } from "../../pools/ports.ts";
import type { TimerStamp } from "../../timers/timer-row.ts";
import { answeredPatch, endedPatch, isOpen, type LeadClock, movedClock, startedClock } from "./clock.ts";
import { managerOf } from "./manager-of.ts";
import { loadPlanWorld, type PlanDeps, type PlanWorld, planned } from "./planned.ts";
import type { ClockStart, ResponseClocks } from "./ports.ts";
import { type NextOwnerDeps, nextOwner } from "./reassign-lead.ts";
import { replanned } from "./replanned.ts";
import { type Due, whatIsDue } from "./what-is-due.ts";

export interface AdvanceDeps extends PlanDeps, NextOwnerDeps {
  clocks: Pick<ResponseClocks, "start" | "touchedSince" | "save" | "reassign" | "pool">;
  /** `forget` makes the next `all` a fresh one. */
  users: Pick<Users, "all"> & { forget(): void };
  teams: Pick<Teams, "all">;
  pools: Pick<Pools, "all">;
  calendars: PlanDeps["calendars"];
  settings: { zone: string };
  context: CallContext;
}

/** `busy`: others were first too often, and the timer is still there; `none`: nothing was to be done. */
export type AdvanceOutcome =
  | "reminded"
  | "reassigned"
  | "escalated"
  | "pooled"
  | "moved"
  | "answered"
  | "ended"
  | "busy"
  | "none";

const mostAttempts = 8;

/**
 * Does the step of a lead's clock that is due now, if there is one, in one conditional write: so of two that do it at once, or
 * of a step and an answer, one wins, and the other looks again and finds it done.
 */
export async function advanceClock(leadId: string, world: PlanWorld, deps: AdvanceDeps): Promise<AdvanceOutcome> {
  let present = world;
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const outcome = await advanceOnce({ leadId, attempt }, present, deps);
    if (outcome === "stale_person") {
      deps.users.forget();
      present = { ...(await loadPlanWorld(deps)), now: world.now };
    } else if (outcome !== "changed") return outcome;
  }
  return "busy";
}

type Attempted = AdvanceOutcome | "changed" | "stale_person";

/** What a step is about. */
interface Stepping {
  start: ClockStart;
  clock: LeadClock;
  /** Counted from 1. */
  attempt: number;
  world: PlanWorld;
  stamp: TimerStamp;
}

async function advanceOnce(
  { leadId, attempt }: { leadId: string; attempt: number },
  world: PlanWorld,
  deps: AdvanceDeps,
): Promise<Attempted> {
  const start = await deps.clocks.start(leadId);
  const { clock, lead } = start;
  if (!isOpen(clock)) return "none";
  const touchedAt = lead && (await deps.clocks.touchedSince(leadId, clock.assignedAt));
  const due = whatIsDue({ clock, lead, touchedAt }, world);
  const stepping = { start, clock, attempt, world, stamp: { ...deps.context, command: "advanceClock" } };
  if (due.kind === "step") return takeStep(due, stepping, deps);
  return settle(due, stepping, deps);
}

function settle(
  due: Exclude<Due, { kind: "step" }>,
  { start: { lead }, clock, world, stamp }: Stepping,
  deps: AdvanceDeps,
): Promise<Attempted> {
  switch (due.kind) {
    case "answered":
      return save(clock, movedClock(clock, answeredPatch(clock, due.at), stamp), "answered", deps);
    case "ended":
      return save(clock, movedClock(clock, endedPatch, stamp), "ended", deps);
    case "begin":
      return save(clock, begun(clock, lead, { world, stamp }), "moved", deps);
    case "wait": {
      const after = replanned(clock, due.plan, stamp);
      return after ? save(clock, after, "moved", deps) : Promise.resolve("none");
    }
  }
}

/** Whoever has the lead now got it by a write that nobody has told of yet; it is counted from the last one. */
function begun(
  clock: LeadClock,
  lead: Stored<Lead> | undefined,
  { world, stamp }: Pick<Stepping, "world" | "stamp">,
): LeadClock {
  if (lead?.ownerId === undefined) return movedClock(clock, endedPatch, stamp);
  const assigned = { version: lead.version, at: lead.updatedAt, ownerId: lead.ownerId };
  const started = startedClock(lead.id, assigned, { before: clock, stamp });
  const plan = planned(started, lead, world);
  if (!plan) return movedClock(clock, endedPatch, stamp);
  const { policy: _, ...fields } = plan;
  return { ...started, ...fields };
}

async function save(
  before: LeadClock,
  after: LeadClock,
  outcome: AdvanceOutcome,
  deps: AdvanceDeps,
): Promise<Attempted> {
  return (await deps.clocks.save({ before, after })) ? outcome : "changed";
}

type StepDue = Extract<Due, { kind: "step" }>;

function takeStep(due: StepDue, stepping: Stepping, deps: AdvanceDeps): Promise<Attempted> {
  switch (due.next.step) {
    case "remind":
      return remind(due, stepping, deps);
    case "reassign":
      return reassign(due, stepping, deps);
    case "escalate":
      return escalate(due, stepping, deps);
    case "pool":
      return pool(due, stepping, deps);
  }
}

/** The clock with a step noted as done, and the one that follows it. */
function stepped(
  { lead, next, plan }: StepDue,
  fields: Partial<LeadClock>,
  { clock, world, stamp }: Stepping,
): LeadClock {
  const done = { ...clock.done, [next.key]: world.now.toISOString() };
  const after = movedClock(clock, { ...plan, done, ...fields, next: undefined }, stamp);
  const following = planned(after, lead, world);
  // No policy holds for the lead as its new owner has it.
  if (!following) return after.state === "running" ? { ...after, state: "ended" } : after;
  const { policy: _, ...planOfNext } = following;
  return { ...after, ...planOfNext };
}

function remind(due: StepDue, stepping: Stepping, deps: AdvanceDeps): Promise<Attempted> {
  return save(stepping.clock, stepped(due, {}, stepping), "reminded", deps);
}

/** Those who had the lead, the last of whom has missed the deadline. */
function holdersAfterMiss({ clock, world }: Stepping): LeadClock["holders"] {
  const missedAt = world.now.toISOString();
  return clock.holders.map((holder, index) => (index === clock.holders.length - 1 ? { ...holder, missedAt } : holder));
}

async function reassign(due: StepDue, stepping: Stepping, deps: AdvanceDeps): Promise<Attempted> {
  const { clock, world, start, attempt } = stepping;
  const next = await nextOwner({ ...start, lead: due.lead, clock }, { ...world, attempt }, deps);
  if (!next)
    return escalate(withoutOthers(due, stepping), { ...stepping, clock: { ...clock, isLastOwner: true } }, deps);
  const { ownerId, version: leadVersion } = next.lead.after;
  // Somebody for whom the lead is counted as open already has it in a state that is past.
  if (next.counted?.userId === ownerId) return "changed";
  const at = world.now.toISOString();
  const fields = {
    ownerId,
    assignedAt: at,
    leadVersion,
    reassignments: clock.reassignments + 1,
    holders: [...holdersAfterMiss(stepping), { userId: ownerId, from: at }],
  };
  const after = stepped({ ...due, lead: next.lead.after }, fields, stepping);
  const written = await deps.clocks.reassign({ ...next, clock: { before: clock, after } });
  return written === "written" ? "reassigned" : written;
}

/** Nobody is left to reassign it to: what is due is the manager's word. */
function withoutOthers(due: StepDue, { clock }: Stepping): StepDue {
  const key = `${clock.reassignments}/escalate`;
  return { ...due, next: { key, step: "escalate", dueAt: due.next.dueAt } };
}

async function escalate(due: StepDue, stepping: Stepping, deps: AdvanceDeps): Promise<Attempted> {
  const { clock, world, start } = stepping;
  const { ownerId, isLastOwner } = clock;
  const teamId = due.lead.teamId ?? world.users.find(({ id }) => id === ownerId)?.teamId;
  const fields: Partial<LeadClock> = {
    state: "breached",
    isLastOwner,
    escalatedAt: world.now.toISOString(),
    escalatedTo: managerOf({ ownerId, teamId }, await deps.teams.all()),
    holders: holdersAfterMiss(stepping),
  };
  const after = stepped(due, fields, stepping);
  return save(start.clock ?? clock, after, "escalated", deps);
}

async function pool(due: StepDue, stepping: Stepping, deps: AdvanceDeps): Promise<Attempted> {
  const { clock, world, stamp, start } = stepping;
  const { lead, policy } = due;
  const target = await poolForNobodys(policy.poolId, deps);
  // Nowhere to put it: it stays with whom the manager knows of.
  if (!target) return save(clock, movedClock(clock, { next: undefined }, stamp), "moved", deps);
  const at = world.now.toISOString();
  const patch = leadPooled(lead, { poolId: target.id, at });
  const pooled = revise(lead, patch, { context: deps.context, command: "poolUnansweredLead" });
  const done = { ...clock.done, [due.next.key]: at };
  const ended = movedClock(clock, { ...endedPatch, done, leadVersion: pooled.version }, stamp);
  const moved = { before: lead, after: pooled, notes: start.notes };
  const written = await deps.clocks.pool({ before: clock, after: ended }, moved);
  return written === "written" ? "pooled" : "changed";
}
