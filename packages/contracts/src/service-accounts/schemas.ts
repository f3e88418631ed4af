import * as z from "zod";
import { Instant, idOf, Line, PageQuery, pageOf, Role, recordFields, Text } from "../kit/primitives.ts";
import { Scope } from "./scopes.ts";

/** A key must not be able to do what only a person may answer for. */
export const ServiceAccountRole = Role.exclude(["admin"]);

const requestsPerMinute = z.int().min(1).max(600_000);

/** A machine that calls the API: it has a role, and keys that may do a part of what the role may. */
export const ServiceAccount = z.object({
  id: idOf("serviceAccount"),
  name: z.string(),
  description: z.string().optional(),
  role: ServiceAccountRole,
  teamId: idOf("team").optional(),
  requestsPerMinute: z.int().optional().meta({ description: "Own budget; absent: that of the organisation" }),
  active: z.boolean(),
  ...recordFields,
});
export type ServiceAccount = z.infer<typeof ServiceAccount>;

export const NewServiceAccount = z.strictObject({
  name: Line(120),
  description: Text(1_000).optional(),
  role: ServiceAccountRole.default("integration"),
  teamId: idOf("team").optional(),
  requestsPerMinute: requestsPerMinute.optional(),
});
export type NewServiceAccount = z.infer<typeof NewServiceAccount>;

/** A `null` clears the field. */
export const ServiceAccountPatch = z.strictObject({
  name: Line(120).optional(),
  description: Text(1_000).nullable().optional(),
  role: ServiceAccountRole.optional(),
  teamId: idOf("team").nullable().optional(),
  requestsPerMinute: requestsPerMinute.nullable().optional(),
  active: z.boolean().optional().meta({ description: "`false` stops all of its keys within 60 s" }),
});
export type ServiceAccountPatch = z.infer<typeof ServiceAccountPatch>;

/** An API key as everyone but its holder sees it: without its secret. */
export const ApiKey = z.object({
  id: idOf("apiKey").meta({ description: "How the key begins; enough to tell it by, and no secret" }),
  serviceAccountId: idOf("serviceAccount"),
  name: z.string(),
  scopes: z.array(Scope),
  expiresAt: z.string(),
  lastUsedAt: z.string().optional().meta({ description: "Kept at most once an hour" }),
  revokedAt: z.string().optional(),
  successorId: idOf("apiKey").optional().meta({ description: "The key that rotation has put in its place" }),
  ...recordFields,
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The only answer that ever holds the secret. */
export const IssuedKey = ApiKey.extend({
  secret: z.string().optional().meta({
    description:
      "Send it as a bearer token. It is shown this once and kept nowhere, so that the answer to a repeated request is without it",
  }),
});
export type IssuedKey = z.infer<typeof IssuedKey>;

export const NewApiKey = z.strictObject({
  name: Line(120),
  scopes: z
    .array(Scope)
    .min(1)
    .max(50)
    .refine((scopes) => new Set(scopes).size === scopes.length, "names a scope twice"),
  expiresAt: Instant.meta({ description: "At most two years ahead" }),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

const dayInSeconds = 86_400;

export const KeyRotation = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * dayInSeconds)
    .default(dayInSeconds)
    .meta({ description: "How long the old key still works, unless it expires before" }),
  expiresAt: Instant.optional().meta({ description: "Of the new key; default: as long as the old one was made for" }),
});
export type KeyRotation = z.infer<typeof KeyRotation>;

export const ServiceAccountPage = pageOf(ServiceAccount);
export const ApiKeyPage = pageOf(ApiKey);
export const ServiceAccountQuery = z.strictObject(PageQuery);
