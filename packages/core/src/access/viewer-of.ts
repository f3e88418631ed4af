import type { Scope } from "@shangji/contracts/access/schemas";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import type { Actor } from "../kit/actor.ts";
import type { Teams } from "../people/ports.ts";
import { defaultRules, withEveryKind } from "./default-policy.ts";
import { ledTeams } from "./led-teams.ts";
import type { Policies, Shares } from "./ports.ts";
import type { Viewer } from "./viewer.ts";

export interface ViewerDeps {
  policies: Pick<Policies, "cached">;
  teams: Pick<Teams, "all">;
  /** @default nobody asks for single records here, so shares are not looked at */
  shares?: Pick<Shares, "sharedWith">;
}

/** The caller with the rules that hold now. Teams and shares are only looked at when a rule of the caller's role asks for them. */
export async function viewerOf(actor: Actor, { policies, teams, shares }: ViewerDeps): Promise<Viewer> {
  const policy = await policies.cached();
  const rules = policy ? withEveryKind(policy) : defaultRules;
  const grants = Object.values(rules.roles[actor.role]).flatMap((actions): Scope[] => Object.values(actions));
  const isLimited = ownedEntities.some((entity) => rules.roles[actor.role][entity].read !== "all");
  const [all, shared] = await Promise.all([
    grants.includes("subordinates") ? teams.all() : [],
    isLimited && shares ? shares.sharedWith(actor) : [],
  ]);
  return { actor, rules, ledTeamIds: grants.includes("subordinates") ? ledTeams(actor, all) : [], shares: shared };
}
