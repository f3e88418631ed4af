import type { Deactivation, HoldingKind, User } from "@shangji/contracts/people/schemas";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { ListPosition, Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { isClosedLead } from "./closed-lead.ts";
import type { Belongings, Deactivations, HandOverProgress, Holdable, Users } from "./ports.ts";

export interface HandOverDeps {
  users: Pick<Users, "get">;
  deactivations: Deactivations;
  belongings: Belongings;
  /** Of the work; what it writes is the doing of who ordered it. */
  context: Omit<CallContext, "actor">;
}

export interface HandOverStep {
  done: boolean;
  records: number;
  /** How long there is nothing to do. */
  waitSeconds?: number;
}

/** Records in one step: one transaction, short enough to rarely meet the writes of others. */
const perStep = 25;
const kinds: readonly HoldingKind[] = ["team", "account", "contact", "opportunity", "lead"];
const firstKind = "team";

/**
 * A record can be given to a user for as long after the deactivation as users are remembered (30 s) and as a call may take
 * that has seen an active one: the last step of an import, 300 s. The last pass comes after that.
 */
const settledSeconds = 330;

/**
 * One step of a hand-over: moves the next few records and notes how far it came, in one transaction. So a step that is
 * repeated, or done beside itself, moves nothing twice. Done once a pass over everything has moved nothing, late enough.
 */
export async function handOver({ id }: { id: string }, deps: HandOverDeps): Promise<HandOverStep> {
  const { users, deactivations } = deps;
  const deactivation = await deactivations.get(id);
  if (deactivation?.status !== "running") return { done: true, records: 0 };
  const person = await users.get(deactivation.userId);
  if (person?.active !== false || person.deactivationId !== id)
    return end(deactivation, { status: "superseded" }, deps);
  const progress = (await deactivations.progressOf(id)) ?? start(id);
  const successorId = deactivation.handOverTo[progress.kind];
  if (successorId === null) return goOn({ deactivation, progress, next: undefined, isDirty: false }, deps);
  const successor = await users.get(successorId);
  if (!successor?.active) return end(deactivation, { status: "failed", failure: "successor_inactive" }, deps);
  return moveSome({ deactivation, progress, successor }, deps);
}

/** Leaves a note that a hand-over will not go on by itself. */
export async function giveUpHandOver({ id }: { id: string }, deps: HandOverDeps): Promise<void> {
  const deactivation = await deps.deactivations.get(id);
  if (deactivation?.status === "running") await end(deactivation, { status: "failed", failure: "gave_up" }, deps);
}

function start(deactivationId: string): HandOverProgress {
  const moved = { account: 0, contact: 0, opportunity: 0, lead: 0, team: 0 };
  return { deactivationId, revision: 0, moved, kind: firstKind, movedInPass: 0 };
}

async function end(
  before: Stored<Deactivation>,
  outcome: Pick<Deactivation, "status" | "failure">,
  { deactivations, context }: HandOverDeps,
): Promise<HandOverStep> {
  const stamp = { context: asOrdered(before, context), command: "endHandOver" };
  await deactivations.update(before, revise(before, outcome, stamp)).catch(unlessConflict);
  // Another worker may have ended it; if it was something else, the next look at it tells.
  return { done: false, records: 0 };
}

interface Moving {
  deactivation: Stored<Deactivation>;
  progress: HandOverProgress;
  successor: User;
}

async function moveSome(moving: Moving, deps: HandOverDeps): Promise<HandOverStep> {
  const { deactivation, progress } = moving;
  const { kind, after } = progress;
  const { items, next } = await deps.belongings.list(kind, deactivation.userId, { limit: perStep, after });
  const held = items.filter((record) => isHeld(record, kind, deactivation));
  if (held.length === 0) return goOn({ deactivation, progress, next, isDirty: false }, deps);
  const changes = held.map((before) => changeOf(before, moving, deps));
  try {
    await deps.deactivations.step(advanced(progress, placeAfter(progress, next), held.length), kind, changes);
    return { done: false, records: held.length };
  } catch (error) {
    unlessConflict(error);
    return moveOneByOne(held, next, { moving, deps });
  }
}

/** Someone writes one of the records at this moment, or the index tells of a state that is past: each by itself. */
async function moveOneByOne(
  listed: readonly Holdable[],
  next: ListPosition | undefined,
  { moving, deps }: { moving: Moving; deps: HandOverDeps },
): Promise<HandOverStep> {
  const { deactivation } = moving;
  let progress = moving.progress;
  let records = 0;
  let isDirty = false;
  for (const { id } of listed) {
    const before = await deps.belongings.get(progress.kind, id);
    if (!before || !isHeld(before, progress.kind, deactivation)) continue;
    const after = advanced(progress, progress, 1);
    try {
      await deps.deactivations.step(after, progress.kind, [changeOf(before, moving, deps)]);
      progress = after;
      records += 1;
    } catch (error) {
      unlessConflict(error);
      const stored = await deps.deactivations.progressOf(progress.deactivationId);
      // Another worker is at it: its notes are the ones to go on from.
      if ((stored?.revision ?? 0) !== progress.revision) return { done: false, records };
      // Left to the next pass, so this one is not the last.
      isDirty = true;
    }
  }
  return goOn({ deactivation, progress, next, isDirty }, deps, records);
}

interface GoingOn {
  deactivation: Stored<Deactivation>;
  progress: HandOverProgress;
  /** Where the list of the kind goes on. */
  next: ListPosition | undefined;
  /** Whether there must be another pass, whatever was moved. */
  isDirty: boolean;
}

/** Notes the next place; at the end of a pass that has moved nothing, late enough, that is all. */
async function goOn(
  { deactivation, progress, next, isDirty }: GoingOn,
  deps: HandOverDeps,
  records = 0,
): Promise<HandOverStep> {
  const place = placeAfter(progress, next);
  const isQuiet = place.isNewPass && progress.movedInPass === 0 && !isDirty;
  const waitSeconds = isQuiet ? secondsUntilSettled(deactivation, deps) : 0;
  if (isQuiet && waitSeconds === 0) return end(deactivation, { status: "completed" }, deps);
  const noted = advanced(progress, place, 0);
  if (isDirty && !place.isNewPass) noted.movedInPass += 1;
  await deps.deactivations.step(noted, progress.kind, []).catch(unlessConflict);
  return { done: false, records, ...(waitSeconds > 0 ? { waitSeconds } : {}) };
}

function secondsUntilSettled({ createdAt }: Deactivation, { context: { clock } }: HandOverDeps): number {
  const settledAt = Date.parse(createdAt) + settledSeconds * 1000;
  return Math.max(0, Math.ceil((settledAt - clock.now().getTime()) / 1000));
}

type Place = Pick<HandOverProgress, "kind" | "after"> & { isNewPass?: boolean };

/** The place after this one: further in the list, in the next kind, or at the beginning of a new pass. */
function placeAfter({ kind }: HandOverProgress, next: ListPosition | undefined): Place {
  if (next !== undefined) return { kind, after: next };
  const nextKind = kinds[kinds.indexOf(kind) + 1];
  return nextKind ? { kind: nextKind } : { kind: firstKind, isNewPass: true };
}

function advanced(progress: HandOverProgress, { kind, after, isNewPass }: Place, moved: number): HandOverProgress {
  return {
    deactivationId: progress.deactivationId,
    revision: progress.revision + 1,
    moved: { ...progress.moved, [progress.kind]: progress.moved[progress.kind] + moved },
    kind,
    ...(after === undefined ? {} : { after }),
    movedInPass: isNewPass ? 0 : progress.movedInPass + moved,
  };
}

/** Whether the user still has what the successor is to get. */
function isHeld(record: Holdable, kind: HoldingKind, { userId, closedOpportunities }: Deactivation): boolean {
  if (kind === "team") return record.managerId === userId;
  const isClosed = (kind === "opportunity" && record.status !== "open") || (kind === "lead" && isClosedLead(record));
  return record.ownerId === userId && !(isClosed && closedOpportunities === "stay");
}

function changeOf(before: Holdable, { deactivation, progress, successor }: Moving, { context }: HandOverDeps) {
  const patch =
    progress.kind === "team"
      ? { managerId: successor.id }
      : { ownerId: successor.id, teamId: successor.teamId ?? null };
  const stamp = { context: asOrdered(deactivation, context), command: "handOver", reason: deactivation.reason };
  return { before, after: revise(before, patch, stamp) };
}

/** What a job writes is the doing of who ordered it. */
function asOrdered({ change }: Stored<Deactivation>, context: HandOverDeps["context"]): CallContext {
  return { ...context, actor: { userId: change.actorId, role: "admin" } };
}

function unlessConflict(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
}
