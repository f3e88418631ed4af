import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { replanProgressesIn } from "@shangji/aws/dynamo/timers/replan-progress";
import { systemClock } from "@shangji/lambda/settings";
import { deps as common, table } from "./wiring.ts";

export const deps = {
  ...common,
  leads: leadsIn(table),
  accounts: accountsIn(table),
  teams: teamsIn(table, systemClock),
  progresses: replanProgressesIn(table, systemClock),
};
