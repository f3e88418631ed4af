import type { AccessRules, Scope } from "@shangji/contracts/access/schemas";
import type { Access } from "@shangji/contracts/kit/route";
import type { Actor } from "../kit/actor.ts";

/** Who asks, and by which rules. */
export interface Viewer {
  readonly actor: Actor;
  readonly rules: AccessRules;
  /** The caller's team, the teams that the caller manages, and all teams below them. */
  readonly ledTeamIds: readonly string[];
}

/** Records of one owner and of some teams; undefined stands for all records. */
export type Visibility = { readonly ownerId: string; readonly teamIds: readonly string[] } | undefined;

/** What a record belongs to. */
export interface Belonging {
  ownerId?: string | undefined;
  teamId?: string | undefined;
}

/** The records that the caller's role covers with an action. */
export function scopeOf({ actor, rules }: Pick<Viewer, "actor" | "rules">, { entity, action }: Access): Scope {
  return rules.roles[actor.role][entity][action];
}

/** The scope of an action as owners and teams: everything that reads or counts follows from it. */
export function visibilityOf(viewer: Viewer, access: Access): Visibility {
  const { userId: ownerId, teamId } = viewer.actor;
  const scope = scopeOf(viewer, access);
  if (scope === "all") return undefined;
  if (scope === "subordinates") return { ownerId, teamIds: viewer.ledTeamIds };
  return { ownerId: scope === "none" ? nobody : ownerId, teamIds: scope === "team" && teamId ? [teamId] : [] };
}

/** No record has this owner. */
const nobody = "";

/** The one predicate: whether a record is among those. */
export function isVisible(visibility: Visibility, { ownerId, teamId }: Belonging): boolean {
  if (!visibility) return true;
  return ownerId === visibility.ownerId || (teamId !== undefined && visibility.teamIds.includes(teamId));
}

/** Whether the caller may do this with the record. */
export function mayDo(viewer: Viewer, access: Access, record: Belonging): boolean {
  return isVisible(visibilityOf(viewer, access), record);
}
