import { accountOwnersIn } from "@shangji/aws/dynamo/assignment/account-owners";
import { assignmentPause } from "@shangji/aws/dynamo/assignment/assignment-pause";
import { assignmentsIn } from "@shangji/aws/dynamo/assignment/assignments";
import { assignmentRuleSetsIn, calendarsIn } from "@shangji/aws/dynamo/assignment/settings";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  assignments: assignmentsIn(table, systemClock),
  accountOwners: accountOwnersIn(table),
  ruleSets: assignmentRuleSetsIn(table, systemClock),
  calendars: calendarsIn(table, systemClock),
  users: usersIn(table, systemClock),
  pools: poolsIn(table, systemClock),
  settings: { zone: required(env.orgZone) },
  pause: assignmentPause(),
};
