import * as z from "zod";
import { ListQuery } from "../kit/list-query.ts";
import {
  AmountMinor,
  CalendarDate,
  CurrencyCode,
  ExternalId,
  InstantOrDate,
  idOf,
  Line,
  LocalizedText,
  pageOf,
  recordFields,
  Tags,
  Text,
} from "../kit/primitives.ts";
import { RequirableField, StageId, StageType } from "../pipelines/schemas.ts";

/** One stay in a stage; the last one has no `exitedAt`. */
export const StageVisit = z.object({ stageId: StageId, enteredAt: z.string(), exitedAt: z.string().optional() });
export type StageVisit = z.infer<typeof StageVisit>;

export const OpportunityStatus = z.enum(["open", "won", "lost"]);

export const Opportunity = z.object({
  id: idOf("opportunity"),
  name: z.string(),
  ownerId: idOf("user").optional(),
  teamId: idOf("team").optional(),
  accountId: idOf("account").optional(),
  productIds: z.array(idOf("product")),
  pipelineId: idOf("pipeline"),
  pipelineVersion: z.int(),
  stageId: StageId,
  status: OpportunityStatus,
  amountMinor: z.int(),
  currency: CurrencyCode,
  baseAmountMinor: z
    .int()
    .meta({ description: "Amount in the organisation's base currency, at the rate of the last change of the amount" }),
  expectedCloseDate: z.string().optional(),
  source: z.string().optional(),
  industry: z.string().optional().meta({ description: "Industry of the account" }),
  tags: z.array(z.string()),
  externalId: ExternalId.optional(),
  openedAt: z.string().optional(),
  closedAt: z.string().optional(),
  firstClosedAt: z.string().optional(),
  lostReason: z.string().optional(),
  history: z.array(StageVisit),
  ...recordFields,
});
export type Opportunity = z.infer<typeof Opportunity>;

const editable = {
  name: Line(200),
  ownerId: idOf("user"),
  accountId: idOf("account"),
  productIds: z.array(idOf("product")).max(20),
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  expectedCloseDate: CalendarDate,
  source: Line(80),
  tags: Tags,
};

export const NewOpportunity = z.strictObject({
  name: editable.name,
  ownerId: editable.ownerId.optional().meta({ description: "Default: the caller" }),
  accountId: editable.accountId.optional(),
  productIds: editable.productIds.default([]),
  pipelineId: idOf("pipeline").optional().meta({ description: "Default: the organisation's default pipeline" }),
  stageId: StageId.optional().meta({ description: "An open stage; default: the first" }),
  amountMinor: editable.amountMinor.default(0),
  currency: editable.currency.optional().meta({ description: "Default: the organisation's base currency" }),
  expectedCloseDate: editable.expectedCloseDate.optional(),
  source: editable.source.optional(),
  tags: editable.tags.default([]),
  externalId: ExternalId.optional(),
  openedAt: InstantOrDate.optional().meta({
    description: "When it was really opened, for history from another system",
  }),
});
export type NewOpportunity = z.infer<typeof NewOpportunity>;

/** A `null` clears the field. `stageId` is known here only to be refused with its own code. */
export const OpportunityPatch = z.strictObject({
  name: editable.name.optional(),
  ownerId: editable.ownerId.nullable().optional(),
  accountId: editable.accountId.nullable().optional(),
  productIds: editable.productIds.optional(),
  amountMinor: editable.amountMinor.optional(),
  currency: editable.currency.optional(),
  expectedCloseDate: editable.expectedCloseDate.nullable().optional(),
  source: editable.source.nullable().optional(),
  tags: editable.tags.optional(),
  externalId: ExternalId.nullable().optional(),
  stageId: z.unknown().optional().meta({ description: "Always refused: move the stage by a transition" }),
});
export type OpportunityPatch = z.infer<typeof OpportunityPatch>;

/** Fields by external id. The stage of a deal that is there changes by a transition alone, so it is named for a new one only. */
export const OpportunityUpsert = OpportunityPatch.omit({ stageId: true }).extend({
  onCreate: NewOpportunity.pick({ pipelineId: true, stageId: true, openedAt: true })
    .optional()
    .meta({ description: "Where a new opportunity begins; without a meaning for one that is there" }),
});
export type OpportunityUpsert = z.infer<typeof OpportunityUpsert>;

/** Fields that a transition may set together with the move. */
export const TransitionFields = OpportunityPatch.omit({ stageId: true });
export type TransitionFields = z.infer<typeof TransitionFields>;

export const TransitionRequest = z.strictObject({
  to: z.string().max(40),
  reason: Text(1000).optional(),
  lostReason: Line(200).optional(),
  fields: TransitionFields.optional(),
});
export type TransitionRequest = z.infer<typeof TransitionRequest>;

/** One rule that stands against a stage change. */
export const TransitionFailure = z.object({
  rule: z.enum(["same_stage", "not_a_transition", "field_required", "reason_required", "lost_reason_required"]),
  field: z.string().optional(),
  message: z.string(),
});
export type TransitionFailure = z.infer<typeof TransitionFailure>;

/** A legal next stage for this record, with what still blocks it. */
export const TransitionOffer = z.object({
  to: StageId,
  name: LocalizedText,
  type: StageType,
  requiredFields: z.array(RequirableField),
  requiresReason: z.boolean(),
  requiresLostReason: z.boolean(),
  blockedBy: z.array(TransitionFailure),
});
export const TransitionOffers = z.object({ stageId: StageId, items: z.array(TransitionOffer) });

export const OpportunityPage = pageOf(Opportunity);

/** `owner`, `team`, `account` and `stage` are short for terms of a filter; all that is given must hold. */
export const OpportunityQuery = z.strictObject({
  ...ListQuery,
  owner: idOf("user").optional(),
  team: idOf("team").optional(),
  account: idOf("account").optional(),
  stage: StageId.optional(),
});
export type OpportunityQuery = z.infer<typeof OpportunityQuery>;
