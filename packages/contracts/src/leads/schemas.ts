import * as z from "zod";
import { likelyDuplicates } from "../duplicates/schemas.ts";
import { ListQuery } from "../kit/list-query.ts";
import { Email, ExternalId, Instant, idOf, Line, Phone, pageOf, recordFields, Tags, Text } from "../kit/primitives.ts";
import { LeadPool } from "../pools/schemas.ts";

/**
 * Where a lead is: nobody's yet, somebody's, being worked on; or done with, as a customer, as none, or back in a pool.
 */
export const LeadStatus = z.enum(["new", "assigned", "working", "converted", "disqualified", "pooled"]);
export type LeadStatus = z.infer<typeof LeadStatus>;

const website = z.url({ protocol: /^https?$/ }).max(300);

/** Where a visitor came from, as the links of a campaign say it. */
export const Utm = z.strictObject({
  source: Line(120).optional(),
  medium: Line(120).optional(),
  campaign: Line(120).optional(),
  term: Line(120).optional(),
  content: Line(120).optional(),
});
export type Utm = z.infer<typeof Utm>;

export const mostCustomFields = 50;

/** What forms and other systems know besides: small values by names of their own. */
export const CustomData = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, "must be 1 to 40 letters, digits and _, a letter first"),
    z.union([Text(1000), z.number(), z.boolean()]),
  )
  .refine((data) => Object.keys(data).length <= mostCustomFields, `must have ${mostCustomFields} fields at most`);
export type CustomData = z.infer<typeof CustomData>;

/** What a person has agreed to, in the words that they saw. */
export const Consent = z.object({
  text: z.string(),
  at: z.string(),
  formId: idOf("form").optional().meta({ description: "The form on which it was given" }),
});
export type Consent = z.infer<typeof Consent>;

/** What a lead has become. */
export const Conversion = z.object({
  at: z.string(),
  accountId: idOf("account"),
  contactId: idOf("contact"),
  opportunityId: idOf("opportunity").optional(),
});
export type Conversion = z.infer<typeof Conversion>;

export const Lead = z.object({
  id: idOf("lead"),
  name: z.string(),
  company: z.string().optional(),
  title: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  website: z.string().optional(),
  region: z.string().optional(),
  industry: z.string().optional(),
  source: z.string().optional(),
  campaign: z.string().optional(),
  utm: Utm.optional(),
  message: z.string().optional().meta({ description: "What the person has written" }),
  custom: CustomData.optional(),
  consent: Consent.optional(),
  formId: idOf("form").optional().meta({ description: "The public form that it came by" }),
  status: LeadStatus,
  statusReason: z.string().optional().meta({ description: "Why it is disqualified, or was put into a pool" }),
  statusChangedAt: z.string(),
  conversion: Conversion.optional().meta({ description: "What it has become, once it is converted" }),
  pool: LeadPool.optional().meta({ description: "Where it waits while it is pooled" }),
  ownerId: idOf("user").optional(),
  teamId: idOf("team").optional(),
  tags: z.array(z.string()),
  externalId: ExternalId.optional(),
  ...recordFields,
});
export type Lead = z.infer<typeof Lead>;

/** A lead that was added or changed, with the leads and contacts that it looks like. */
export const WrittenLead = Lead.extend(likelyDuplicates);

const consentGiven = z.strictObject({ text: Text(2000), at: Instant });

export const NewLead = z.strictObject({
  name: Line(120),
  company: Line(200).optional(),
  title: Line(120).optional(),
  email: Email.optional(),
  phone: Phone.optional(),
  website: website.optional(),
  region: Line(80).optional(),
  industry: Line(80).optional(),
  source: Line(80).optional(),
  campaign: Line(120).optional(),
  utm: Utm.optional(),
  message: Text(5000).optional(),
  custom: CustomData.optional(),
  consent: consentGiven.optional(),
  ownerId: idOf("user").optional(),
  tags: Tags.default([]),
  externalId: ExternalId.optional(),
});
export type NewLead = z.infer<typeof NewLead>;

/** A `null` clears the field. The status changes by a transition alone. */
export const LeadPatch = z.strictObject({
  name: Line(120).optional(),
  company: Line(200).nullable().optional(),
  title: Line(120).nullable().optional(),
  email: Email.nullable().optional(),
  phone: Phone.nullable().optional(),
  website: website.nullable().optional(),
  region: Line(80).nullable().optional(),
  industry: Line(80).nullable().optional(),
  source: Line(80).nullable().optional(),
  campaign: Line(120).nullable().optional(),
  utm: Utm.nullable().optional(),
  message: Text(5000).nullable().optional(),
  custom: CustomData.nullable().optional(),
  consent: consentGiven.nullable().optional(),
  ownerId: idOf("user").nullable().optional(),
  tags: Tags.optional(),
  externalId: ExternalId.nullable().optional(),
});
export type LeadPatch = z.infer<typeof LeadPatch>;

export const LeadTransitionRequest = z.strictObject({
  to: LeadStatus,
  ownerId: idOf("user").optional().meta({ description: "Who gets the lead with the move; default: whoever has it" }),
  reason: Line(200).optional(),
});
export type LeadTransitionRequest = z.infer<typeof LeadTransitionRequest>;

/** One rule that stands against a move. */
export const LeadTransitionFailure = z.object({
  rule: z.enum(["same_status", "not_a_transition", "owner_required", "owner_not_allowed", "reason_required"]),
  field: z.string().optional(),
  message: z.string(),
});
export type LeadTransitionFailure = z.infer<typeof LeadTransitionFailure>;

/** A status that this lead can move to, with what still blocks it. */
export const LeadTransitionOffer = z.object({
  to: LeadStatus,
  requiresOwner: z.boolean(),
  requiresReason: z.boolean(),
  blockedBy: z.array(LeadTransitionFailure),
});
export const LeadTransitionOffers = z.object({ status: LeadStatus, items: z.array(LeadTransitionOffer) });
export type LeadTransitionOffers = z.infer<typeof LeadTransitionOffers>;

export const LeadPage = pageOf(Lead);

/** `owner` and `team` are short for terms of a filter; all that is given must hold. */
export const LeadQuery = z.strictObject({
  ...ListQuery,
  owner: idOf("user").optional(),
  team: idOf("team").optional(),
});
export type LeadQuery = z.infer<typeof LeadQuery>;
