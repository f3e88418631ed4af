import type { Actor } from "../kit/actor.ts";
import type { Teams } from "../people/ports.ts";
import { defaultRules } from "./default-policy.ts";
import { ledTeams } from "./led-teams.ts";
import type { Policies } from "./ports.ts";
import type { Viewer } from "./viewer.ts";

export interface ViewerDeps {
  policies: Pick<Policies, "cached">;
  teams: Pick<Teams, "all">;
}

/** The caller with the rules that hold now. Teams are only looked at when a rule of the caller's role asks for them. */
export async function viewerOf(actor: Actor, { policies, teams }: ViewerDeps): Promise<Viewer> {
  const rules = (await policies.cached()) ?? defaultRules;
  const asksForTeams = Object.values(rules.roles[actor.role]).some((actions) =>
    Object.values(actions).includes("subordinates"),
  );
  return { actor, rules, ledTeamIds: asksForTeams ? ledTeams(actor, await teams.all()) : [] };
}
