import * as z from "zod";
import { type Entity, idPrefixes } from "../kit/entities.ts";
import { Instant, PageQuery, pageOf } from "../kit/primitives.ts";

const recordKinds = (Object.keys(idPrefixes) as Entity[]).filter((kind) => kind !== "notification"); // keys of idPrefixes are the entities

/**
 * Kinds of what is stored whose changes are in the trail: all that have ids but notifications, which only tell of other
 * changes; the organisation's settings; and shares.
 */
export const auditedKinds = [...recordKinds, "organization", "policy", "share"] as const;

/** One field that a write changed. A side that is absent was or is empty. */
export const FieldChange = z.object({
  field: z.string(),
  from: z.unknown().optional(),
  to: z.unknown().optional(),
  omitted: z
    .boolean()
    .optional()
    .meta({ description: "True when the values were too large for the trail; only the name of the field is kept" }),
  erased: z
    .boolean()
    .optional()
    .meta({ description: "True when the values were those of a person whose data was erased; nobody can read them" }),
});
export type FieldChange = z.infer<typeof FieldChange>;

export const AuditEntry = z.object({
  id: z.string().meta({ description: "Deterministic: the same change always has the same id" }),
  at: z.string(),
  actorId: z.string().meta({ description: "Id of the user or service account, or `system`" }),
  keyId: z.string().optional().meta({ description: "The API key that was used" }),
  source: z
    .string()
    .meta({ description: "Where the change came from: api, import, workflow, hand_over, mail, form, system" }),
  requestId: z.string(),
  command: z.string(),
  reason: z.string().optional(),
  category: z.enum(["data", "configuration", "access"]).meta({
    description:
      "access: users, teams, shares and sign-ins; configuration: pipelines, products, settings; data: all others",
  }),
  action: z.enum([
    "created",
    "updated",
    "deleted",
    "restored",
    "merged",
    "unmerged",
    "erased",
    "shared",
    "share_ended",
    "signed_in",
  ]),
  kind: z.string().meta({ description: "Kind of the record; `share` when a record was shared or a share was ended" }),
  recordId: z.string().meta({ description: "The record; of a share the one that is shared" }),
  principalId: z.string().optional().meta({ description: "The user or team that a record is or was shared with" }),
  version: z.int().optional().meta({ description: "Version of the record that the change has made" }),
  clientId: z.string().optional().meta({ description: "App client that was used to sign in" }),
  changes: z.array(FieldChange),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = pageOf(AuditEntry).meta({
  description:
    "Newest first. A page may hold fewer entries than asked for, or none; only without `next` it is the last.",
});

export const HistoryQuery = z.strictObject(PageQuery);

/** From `from` up to, not including, `to`. */
export const AuditQuery = z
  .strictObject({
    ...PageQuery,
    from: Instant.optional().meta({ description: "Default: thirty days before `to`" }),
    to: Instant.optional().meta({ description: "Default: now" }),
    actor: z
      .string()
      .regex(/^[\w:-]{1,80}$/, "must be the id of a user, or system")
      .optional(),
    entity: z.enum(auditedKinds).optional().meta({ description: "Kind of record" }),
  })
  .refine(({ from, to }) => !(from && to && Date.parse(from) >= Date.parse(to)), "from must be before to");
