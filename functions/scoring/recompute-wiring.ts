import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { recomputesIn } from "@shangji/aws/dynamo/scoring/recomputes";
import { scoresIn } from "@shangji/aws/dynamo/scoring/scores";
import { scoringRuleSetsIn } from "@shangji/aws/dynamo/scoring/settings";
import { rulesFrom } from "@shangji/core/scoring/current-rules";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));
const ruleSets = scoringRuleSetsIn(table, systemClock);

export const deps = {
  leads: leadsIn(table),
  teams: teamsIn(table, systemClock),
  ruleSets,
  recomputes: recomputesIn(table, systemClock),
  scores: scoresIn(table),
  rulesAt: rulesFrom(ruleSets, { zone: required(env.orgZone) }),
  clock: systemClock,
  pause: jitteredPause(),
};
