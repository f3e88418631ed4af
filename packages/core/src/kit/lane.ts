import type { Teams } from "../people/ports.ts";
import type { Lane } from "./record.ts";

/** The lane that a list query names; without a name, the union of all teams. */
export async function laneOf(
  query: {
    owner?: string | undefined;
    team?: string | undefined;
    account?: string | undefined;
    stage?: string | undefined;
  },
  teams: Teams,
): Promise<Lane> {
  if (query.owner) return { by: "owner", id: query.owner };
  if (query.team) return { by: "team", id: query.team };
  if (query.account) return { by: "account", id: query.account };
  if (query.stage) return { by: "stage", id: query.stage };
  return { by: "all", teamIds: (await teams.all()).map((team) => team.id) };
}
