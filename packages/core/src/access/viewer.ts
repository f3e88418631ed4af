import type { AccessRules, Scope } from "@shangji/contracts/access/schemas";
import type { Access } from "@shangji/contracts/kit/route";
import type { Actor } from "../kit/actor.ts";
import { entityOf } from "../kit/ids.ts";
import { findable, isForAdmins, reaches } from "./scopes.ts";

/** Who asks, and by which rules. */
export interface Viewer {
  readonly actor: Actor;
  readonly rules: AccessRules;
  /** The caller's team, the teams that the caller manages, and all teams below them. */
  readonly ledTeamIds: readonly string[];
  /** Records of others that are shared with the caller or the caller's team. */
  readonly shares: readonly SharedRecord[];
}

/** A record that someone has shared, and what may be done with it. */
export interface SharedRecord {
  readonly recordId: string;
  readonly level: "read" | "write";
}

/** Records of one owner and of some teams, and single ones beside; undefined stands for all records. */
export type Visibility =
  | { readonly ownerId: string; readonly teamIds: readonly string[]; readonly recordIds: readonly string[] }
  | undefined;

/** What a record belongs to. */
export interface Belonging {
  id?: string | undefined;
  ownerId?: string | undefined;
  teamId?: string | undefined;
}

/** The records that the caller's role covers with an action; none that the scopes of the caller's key do not reach. */
export function scopeOf({ actor, rules }: Pick<Viewer, "actor" | "rules">, access: Access): Scope {
  const { entity, action } = access;
  if (entity === "self") return "all";
  if (!reaches(actor.scopes, access)) return "none";
  if (entity === "search")
    return findable.some((kind) => scopeOf({ actor, rules }, { entity: kind, action }) !== "none") ? "all" : "none";
  if (isForAdmins(entity)) return actor.role === "admin" ? "all" : "none";
  // Views hold nothing but questions; what they find, and whose they are, is decided where they are used.
  // An export holds what its asker may read, and is shown to nobody else.
  if (entity === "view" || entity === "export") return "all";
  return rules.roles[actor.role][entity][action];
}

/** The scope of an action as owners and teams: everything that reads or counts follows from it. */
export function visibilityOf(viewer: Viewer, access: Access): Visibility {
  const { userId: ownerId, teamId } = viewer.actor;
  const scope = scopeOf(viewer, access);
  if (scope === "all") return undefined;
  const recordIds = scope === "none" ? [] : sharedIds(viewer.shares, access);
  if (scope === "subordinates") return { ownerId, teamIds: viewer.ledTeamIds, recordIds };
  const teamIds = scope === "team" && teamId ? [teamId] : [];
  return { ownerId: scope === "none" ? noSuchOwner : ownerId, teamIds, recordIds };
}

/** A share adds to what a role may read or change, never to what it may delete. */
function sharedIds(shares: readonly SharedRecord[], { entity, action }: Access): string[] {
  if (action !== "read" && action !== "update") return [];
  return shares
    .filter(({ recordId, level }) => entityOf(recordId) === entity && (action === "read" || level === "write"))
    .map(({ recordId }) => recordId);
}

/** No record has this owner; its lane can be read, and is empty. */
const noSuchOwner = "nobody";

/** The one predicate: whether a record is among those. */
export function isVisible(visibility: Visibility, record: Belonging): boolean {
  return (
    belongsTo(visibility, record) || (record.id !== undefined && visibility?.recordIds.includes(record.id) === true)
  );
}

/** Whether a record is among those by its owner or team, not only because it is shared. */
export function belongsTo(visibility: Visibility, { ownerId, teamId }: Belonging): boolean {
  if (!visibility) return true;
  return ownerId === visibility.ownerId || (teamId !== undefined && visibility.teamIds.includes(teamId));
}

/** Whether the caller may do this with the record. */
export function mayDo(viewer: Viewer, access: Access, record: Belonging): boolean {
  return isVisible(visibilityOf(viewer, access), record);
}
