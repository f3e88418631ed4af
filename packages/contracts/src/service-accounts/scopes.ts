import * as z from "zod";
import { type Entity, idPrefixes } from "../kit/entities.ts";

/**
 * Service accounts and their keys are the admins' alone, so that no key can make another; so is what becomes of a person's
 * data. A merge is part of what it merges, a deactivation of its user, and forms and pools are settings of the organisation.
 * Notifications are for people.
 */
type Unscoped =
  | "serviceAccount"
  | "apiKey"
  | "dataSubjectRequest"
  | "merge"
  | "deactivation"
  | "form"
  | "pool"
  | "notification";
type Scoped = Exclude<Entity, Unscoped> | "organization" | "analytics";

const everything = "*";
const modes = ["read", "write"] as const;

/** What a key may do: `<entity>:read` or `<entity>:write`, where `*` stands for every entity. */
export type Scope = `${Scoped | typeof everything}:${(typeof modes)[number]}`;

const unscoped: readonly string[] = [
  "serviceAccount",
  "apiKey",
  "dataSubjectRequest",
  "merge",
  "deactivation",
  "form",
  "pool",
  "notification",
] satisfies Unscoped[];
const entities = [
  ...Object.keys(idPrefixes).filter((entity) => !unscoped.includes(entity)),
  "organization",
  "analytics",
];
// Built from the same names as the type.
const scopes = [everything, ...entities].flatMap((entity) => modes.map((mode) => `${entity}:${mode}`)) as Scope[];

/** A closed list: each kind of record has two scopes of its own as soon as it has a prefix. */
export const Scope = z.enum(scopes).meta({
  description:
    "`<entity>:read` or `<entity>:write`; write is create, update and delete, as far as the role may. `note` covers timelines; an import or an export needs the scope of what it imports or exports, too.",
});
