import type { ViewerDeps } from "@shangji/core/access/viewer-of";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";
import { teamsIn } from "../people/teams.ts";
import { policiesIn } from "./policies.ts";
import { sharesIn } from "./shares.ts";

/** What tells callers' rules and teams, both remembered for half a minute. */
export function viewersIn(table: Table, clock: Clock): ViewerDeps {
  return { policies: policiesIn(table, clock), teams: teamsIn(table, clock) };
}

/** The same for functions that show single records, which may be shared. */
export function viewersOfRecordsIn(table: Table, clock: Clock): ViewerDeps {
  return { ...viewersIn(table, clock), shares: sharesIn(table, clock) };
}
