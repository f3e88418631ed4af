import type { Lead } from "@shangji/contracts/leads/schemas";
import { behaviourLimits, type NewBehaviourEvent } from "@shangji/contracts/scoring/behaviour";
import { assertCovers } from "../access/guard-records.ts";
import type { Viewer } from "../access/viewer.ts";
import { emailKey } from "../duplicates/match-keys.ts";
import type { CallContext } from "../kit/context.ts";
import { DomainError, found, notFound } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import type { Leads } from "../leads/ports.ts";
import { keptUntil } from "./kept-until.ts";
import type { EventWritten, KeptEvent } from "./ports.ts";
import { mostScoringAttempts, type ScoreDeps, scoreOf, stateBy, withState } from "./score-lead.ts";

export interface BehaviourDeps extends Omit<ScoreDeps, "clock"> {
  /** The caller's own. */
  leads: Pick<Leads, "get" | "findMatches">;
  viewer: Viewer;
  context: CallContext;
}

/** `isNew`: whether the event has been counted now, and not before. */
export interface RecordedBehaviour {
  record: { id: string };
  isNew: boolean;
}

/**
 * Counts something that happened on a lead's side, exactly once: event, a mark that it is known, and score change in one
 * transaction, on condition that the event is not known and the score is what was read. By e-mail it is the caller's lead that
 * {@link bestOf} names.
 * @throws DomainError `not_found`, `forbidden`, `event_out_of_time`, `unavailable` when others were first too often
 */
export async function recordBehaviour(event: NewBehaviourEvent, deps: BehaviourDeps): Promise<RecordedBehaviour> {
  const now = deps.context.clock.now();
  assertInTime(event, now);
  const lead = await leadOf(event, deps);
  assertCovers(deps.viewer, { entity: "lead", action: "update" }, lead);
  for (let attempt = 1; attempt <= mostScoringAttempts; attempt++) {
    const written = await attemptOnce(event, { leadId: lead.id, now }, deps);
    if (written !== "changed") return { record: { id: lead.id }, isNew: written === "written" };
    await deps.pause(attempt);
  }
  throw new DomainError("unavailable", "");
}

async function attemptOnce(
  { source, id, type, occurredAt, data }: NewBehaviourEvent,
  { leadId, now }: { leadId: string; now: Date },
  deps: BehaviourDeps,
): Promise<EventWritten> {
  const { lead, kept } = await deps.scores.start(leadId);
  if (!lead) throw notFound();
  const current = await deps.rulesAt(now, kept?.rulesVersion);
  const before = await stateBy(current, { leadId, kept, now }, deps);
  const state = withState(before, [{ type, occurredAt, data }], { ...current, now });
  const event: KeptEvent = {
    leadId,
    source,
    id,
    type,
    occurredAt,
    data,
    until: keptUntil(type, occurredAt, current.rules),
  };
  const becomes = scoreOf(lead, current, { state, kept, now });
  return deps.scores.record(event, { lead, was: kept, becomes }, deps.context.claim);
}

function assertInTime({ occurredAt }: NewBehaviourEvent, now: Date): void {
  const at = Date.parse(occurredAt);
  const { pastDays, aheadMinutes } = behaviourLimits;
  if (at < now.getTime() - pastDays * 86_400_000 || at > now.getTime() + aheadMinutes * 60_000) {
    throw new DomainError("event_out_of_time", "Events of the last ninety days are counted, and none of the future.");
  }
}

async function leadOf({ leadId, email }: NewBehaviourEvent, { leads }: BehaviourDeps): Promise<Stored<Lead>> {
  if (leadId !== undefined) return found(leads.get(leadId));
  const matches = email === undefined ? [] : await leads.findMatches({ by: "email", value: emailKey(email) });
  const best = bestOf(matches.flatMap(({ record, isReadable }) => (isReadable ? [record] : [])));
  if (!best) throw notFound();
  return best;
}

const ended: readonly Lead["status"][] = ["converted", "disqualified"];

/** Of several leads with an e-mail an open one, and the newest of them: it is who asks again that is looking now. */
export function bestOf<T extends Pick<Lead, "id" | "status" | "createdAt">>(leads: readonly T[]): T | undefined {
  const rank = ({ status, createdAt, id }: T) => `${ended.includes(status) ? 0 : 1} ${createdAt} ${id}`;
  return leads.toSorted((left, right) => (rank(left) < rank(right) ? 1 : -1))[0];
}
