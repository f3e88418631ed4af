import { accountOwnersIn } from "@shangji/aws/dynamo/assignment/account-owners";
import { assignmentsIn } from "@shangji/aws/dynamo/assignment/assignments";
import { assignmentRuleSetsIn } from "@shangji/aws/dynamo/assignment/settings";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { recyclingTimersIn } from "@shangji/aws/dynamo/recycling/countdowns";
import { systemClock } from "@shangji/lambda/settings";
import { deps as common, table } from "./wiring.ts";

export const deps = {
  ...common,
  assignments: assignmentsIn(table, systemClock),
  accountOwners: accountOwnersIn(table),
  ruleSets: assignmentRuleSetsIn(table, systemClock),
  timers: recyclingTimersIn(table),
  teams: teamsIn(table, systemClock),
  pause: jitteredPause(),
};
