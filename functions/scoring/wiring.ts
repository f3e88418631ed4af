import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { recomputesIn } from "@shangji/aws/dynamo/scoring/recomputes";
import { scoresIn } from "@shangji/aws/dynamo/scoring/scores";
import { scoringRuleSetsIn } from "@shangji/aws/dynamo/scoring/settings";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import { rulesFrom } from "@shangji/core/scoring/current-rules";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const settings = { zone: required(env.orgZone) };
const ruleSets = scoringRuleSetsIn(table, systemClock);

const deps = {
  leads: leadsIn(table),
  ruleSets,
  rulesAt: rulesFrom(ruleSets, settings),
  recomputes: recomputesIn(table, systemClock),
  scores: scoresIn(table),
  pause: jitteredPause(),
  settings,
};

/** The stores as the caller sees them. */
export function depsFor(viewer: Viewer) {
  return { ...deps, leads: guardRecords(deps.leads, "lead", viewer) };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
