import type { EventType } from "../events.ts";
import type { EventEnvelope } from "../kit/event.ts";
import * as record from "./records.ts";

function sample(
  type: EventType,
  data: { version: number; updatedAt: string },
  previous?: Record<string, unknown>,
): EventEnvelope {
  return {
    id: "evt_5f2a1c9e8b7d6a504f3e2d1c0b9a8877",
    type,
    occurredAt: data.updatedAt,
    customer: "aurora",
    actor: { id: record.sampleUser.id, source: "api" },
    sequence: data.version,
    data: { ...data },
    ...(previous ? { previous } : {}),
  };
}

/** The sample record after a later change. */
function changed<T extends object>(before: T, fields: Partial<T>) {
  return { ...before, ...fields, version: 2, updatedAt: "2026-11-05T02:10:00.000Z" };
}

const { sampleOpportunity: open } = record;
const [visit] = open.history;
const { id, version, createdAt, updatedAt } = record.sampleLead;
const unassigned = { id, rulesVersion: 3, version, createdAt, updatedAt };
const closedAt = "2026-11-05T02:10:00.000Z";

function movedTo(stageId: string, fields: Partial<typeof open>) {
  const left = visit ? [{ ...visit, exitedAt: closedAt }] : [];
  return changed(open, { stageId, history: [...left, { stageId, enteredAt: closedAt }], ...fields });
}
const won = movedTo("stg_won0000001", { status: "won", closedAt, firstClosedAt: closedAt });
const lost = movedTo("stg_lost000001", { status: "lost", closedAt, firstClosedAt: closedAt, lostReason: "price" });
const fromOpen = { stageId: open.stageId, status: "open", history: open.history, closedAt: null, firstClosedAt: null };

const { sampleResponseClock: clock } = record;
const reassigned = {
  ownerId: record.sampleUser.id,
  assignedAt: closedAt,
  reassignments: 1,
  holders: [
    ...clock.holders.map((holder) => ({ ...holder, missedAt: closedAt })),
    { userId: record.sampleUser.id, from: closedAt },
  ],
};

function setting(id: string) {
  return { id, version: 2, createdAt: open.createdAt, updatedAt: closedAt };
}

/** One example of each public event. */
export const eventSamples: Readonly<Record<EventType, EventEnvelope>> = {
  "account.created.v1": sample("account.created.v1", record.sampleAccount),
  "account.updated.v1": sample("account.updated.v1", changed(record.sampleAccount, { industry: "software" }), {
    industry: "technology",
  }),
  "account.pooled.v1": sample(
    "account.pooled.v1",
    changed(record.sampleAccount, {
      pool: { poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", at: closedAt, reason: "no_need" },
    }),
    { pool: null },
  ),
  "account.unpooled.v1": sample("account.unpooled.v1", changed(record.sampleAccount, {}), {
    pool: { poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", at: open.createdAt, reason: "no_need" },
  }),
  "account.deleted.v1": sample("account.deleted.v1", changed(record.sampleAccount, {})),
  "account.restored.v1": sample("account.restored.v1", changed(record.sampleAccount, {})),
  "contact.created.v1": sample("contact.created.v1", record.sampleContact),
  "contact.updated.v1": sample("contact.updated.v1", changed(record.sampleContact, { phone: "+86 21 5555 0101" }), {
    phone: null,
  }),
  "contact.deleted.v1": sample("contact.deleted.v1", changed(record.sampleContact, {})),
  "contact.restored.v1": sample("contact.restored.v1", changed(record.sampleContact, {})),
  "contact.erased.v1": sample("contact.erased.v1", {
    id: record.sampleContact.id,
    version: 2,
    createdAt: record.sampleContact.createdAt,
    updatedAt: "2026-11-05T02:10:00.000Z",
  } as { version: number; updatedAt: string }), // who changed it is kept, and not told
  "product.created.v1": sample("product.created.v1", record.sampleProduct),
  "product.updated.v1": sample("product.updated.v1", changed(record.sampleProduct, { active: false }), {
    active: true,
  }),
  "user.created.v1": sample("user.created.v1", record.sampleUser),
  "user.updated.v1": sample("user.updated.v1", changed(record.sampleUser, { role: "manager" }), { role: "rep" }),
  "user.erased.v1": sample("user.erased.v1", {
    id: record.sampleUser.id,
    version: 4,
    createdAt: record.sampleUser.createdAt,
    updatedAt: "2026-11-05T02:10:00.000Z",
  } as { version: number; updatedAt: string }), // who changed it is kept, and not told
  "user.deactivated.v1": sample("user.deactivated.v1", record.sampleDeactivation),
  "user.handed_over.v1": sample("user.handed_over.v1", changed(record.sampleDeactivation, { status: "completed" }), {
    status: "running",
  }),
  "user.hand_over_stopped.v1": sample(
    "user.hand_over_stopped.v1",
    changed(record.sampleDeactivation, { status: "failed", failure: "successor_inactive" }),
    { status: "running", failure: null },
  ),
  "team.created.v1": sample("team.created.v1", record.sampleTeam),
  "team.updated.v1": sample("team.updated.v1", changed(record.sampleTeam, { region: "North" }), { region: "East" }),
  "pipeline.created.v1": sample("pipeline.created.v1", record.samplePipeline),
  "pipeline.defined.v1": sample("pipeline.defined.v1", changed(record.samplePipeline, { definitionVersion: 2 }), {
    definitionVersion: 1,
  }),
  "opportunity.created.v1": sample("opportunity.created.v1", open),
  "opportunity.updated.v1": sample("opportunity.updated.v1", changed(open, { source: "referral" }), { source: null }),
  "opportunity.stage_changed.v1": sample("opportunity.stage_changed.v1", movedTo("stg_engaging01", {}), {
    stageId: open.stageId,
    history: open.history,
  }),
  "opportunity.won.v1": sample("opportunity.won.v1", won, fromOpen),
  "opportunity.lost.v1": sample("opportunity.lost.v1", lost, { ...fromOpen, lostReason: null }),
  "opportunity.reopened.v1": sample(
    "opportunity.reopened.v1",
    movedTo("stg_engaging01", { firstClosedAt: open.createdAt }),
    { stageId: "stg_lost000001", status: "lost", history: open.history, closedAt: open.createdAt, lostReason: "price" },
  ),
  "opportunity.deleted.v1": sample("opportunity.deleted.v1", changed(open, {})),
  "opportunity.restored.v1": sample("opportunity.restored.v1", changed(open, {})),
  "lead.created.v1": sample("lead.created.v1", record.sampleLead),
  "lead.updated.v1": sample("lead.updated.v1", changed(record.sampleLead, { region: "North" }), { region: "East" }),
  "lead.status_changed.v1": sample(
    "lead.status_changed.v1",
    changed(record.sampleLead, { status: "disqualified", statusReason: "no budget", statusChangedAt: closedAt }),
    { status: "new", statusReason: null, statusChangedAt: record.sampleLead.statusChangedAt },
  ),
  "lead.deleted.v1": sample("lead.deleted.v1", changed(record.sampleLead, {})),
  "lead.restored.v1": sample("lead.restored.v1", changed(record.sampleLead, {})),
  "lead.erased.v1": sample("lead.erased.v1", {
    id: record.sampleLead.id,
    version: 2,
    createdAt: record.sampleLead.createdAt,
    updatedAt: "2026-11-05T02:10:00.000Z",
  } as { version: number; updatedAt: string }), // who changed it is kept, and not told
  "scoring_rules.changed.v1": sample("scoring_rules.changed.v1", {
    id: "scoring-rules",
    version: 2,
    createdAt: record.sampleLead.createdAt,
    updatedAt: closedAt,
  } as { version: number; updatedAt: string }), // who changed it is kept, and not told
  "lead.response_reminded.v1": sample("lead.response_reminded.v1", record.sampleResponseClock),
  "lead.response_breached.v1": sample("lead.response_breached.v1", changed(record.sampleResponseClock, reassigned)),
  "lead.response_reassigned.v1": sample("lead.response_reassigned.v1", changed(record.sampleResponseClock, reassigned)),
  "lead.unassigned.v1": sample("lead.unassigned.v1", unassigned),
  "lead.response_escalated.v1": sample(
    "lead.response_escalated.v1",
    changed(record.sampleResponseClock, {
      state: "breached",
      escalatedAt: closedAt,
      escalatedTo: record.sampleUser.id,
    }),
  ),
  "lead.response_pooled.v1": sample("lead.response_pooled.v1", changed(record.sampleResponseClock, { state: "ended" })),
  "lead.response_answered.v1": sample(
    "lead.response_answered.v1",
    changed(record.sampleResponseClock, { state: "met", answeredAt: closedAt }),
  ),
  "lead.recycle_warned.v1": sample(
    "lead.recycle_warned.v1",
    changed(record.sampleRecycling, { warned: { daysAhead: 3, at: "2026-11-16T02:10:00.000Z" } }),
  ),
  "lead.recycled.v1": sample(
    "lead.recycled.v1",
    changed(record.sampleRecycling, { state: "recycled", recycledAt: "2026-11-19T02:10:00.000Z" }),
  ),
  "account.recycle_warned.v1": sample(
    "account.recycle_warned.v1",
    changed(record.sampleAccountRecycling, { warned: { daysAhead: 3, at: "2026-11-16T02:10:00.000Z" } }),
  ),
  "account.recycled.v1": sample(
    "account.recycled.v1",
    changed(record.sampleAccountRecycling, { state: "recycled", recycledAt: "2026-11-19T02:10:00.000Z" }),
  ),
  "recycling_rules.changed.v1": sample("recycling_rules.changed.v1", setting("recycling-rules")),
  "response_policies.changed.v1": sample("response_policies.changed.v1", setting("response-policies")),
  "calendar.changed.v1": sample("calendar.changed.v1", setting("organization-calendar")),
  "note.created.v1": sample("note.created.v1", record.sampleNote),
  "import.completed.v1": sample("import.completed.v1", record.sampleImport),
  "import.failed.v1": sample(
    "import.failed.v1",
    changed(record.sampleImport, { status: "failed", problem: "There is no file." }),
  ),
  "export.created.v1": sample("export.created.v1", record.sampleExport),
  "export.completed.v1": sample(
    "export.completed.v1",
    changed(record.sampleExport, {
      status: "completed",
      rows: 1_204,
      bytes: 310_482,
      finishedAt: "2026-11-05T02:10:00.000Z",
      expiresAt: "2026-11-11T02:10:00.000Z",
    }),
  ),
  "export.failed.v1": sample(
    "export.failed.v1",
    changed(record.sampleExport, {
      status: "failed",
      problem: "记录超过一百万条，请用筛选条件缩小范围。",
      finishedAt: closedAt,
    }),
  ),
  "data_subject_request.created.v1": sample("data_subject_request.created.v1", record.sampleDataSubjectRequest),
  "data_subject_request.failed.v1": sample(
    "data_subject_request.failed.v1",
    changed(record.sampleDataSubjectRequest, { status: "failed", problem: "The person was erased meanwhile." }),
  ),
  "merge.made.v1": sample("merge.made.v1", record.sampleMerge),
  "merge.undone.v1": sample("merge.undone.v1", changed(record.sampleMerge, { status: "undoing" })),
};
