import { calendarsIn, responsePolicySetsIn } from "@shangji/aws/dynamo/assignment/settings";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { firstTouchesIn } from "@shangji/aws/dynamo/pools/first-touches";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { recycledIn } from "@shangji/aws/dynamo/recycling/recycled";
import { responseClocksIn } from "@shangji/aws/dynamo/response/clocks";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

export const table = openTable(required(env.tableName));

/** What counts how soon claims are followed up. */
export const claimDeps = { touches: firstTouchesIn(table, systemClock), pause: jitteredPause() };

/** What starts and plans timers. */
export const deps = {
  clocks: responseClocksIn(table, systemClock),
  policySets: responsePolicySetsIn(table, systemClock),
  calendars: calendarsIn(table, systemClock),
  recycled: recycledIn(table, systemClock),
  pools: poolsIn(table, systemClock),
  users: usersIn(table, systemClock),
  settings: { zone: required(env.orgZone) },
  clock: systemClock,
};
