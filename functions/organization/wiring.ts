import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import {
  assignmentRuleSetsIn,
  calendarsIn,
  recyclingRuleSetsIn,
  responsePolicySetsIn,
} from "@shangji/aws/dynamo/assignment/settings";
import { duplicatePoliciesIn } from "@shangji/aws/dynamo/duplicates/policies";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { ratesIn } from "@shangji/aws/dynamo/organization/rates";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { recycledAccounts } from "@shangji/core/recycling/recycled-account";
import { recycledLeads } from "@shangji/core/recycling/recycled-lead";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, settingsFromEnv, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  rates: ratesIn(table, systemClock),
  policies: duplicatePoliciesIn(table, systemClock),
  policySets: responsePolicySetsIn(table, systemClock),
  recycled: {
    lead: { kind: recycledLeads, recyclingRules: recyclingRuleSetsIn(table, systemClock, "lead") },
    account: { kind: recycledAccounts, recyclingRules: recyclingRuleSetsIn(table, systemClock, "account") },
  },
  ruleSets: assignmentRuleSetsIn(table, systemClock),
  calendars: calendarsIn(table, systemClock),
  settings: settingsFromEnv(),
};

/** Users, teams and pools as they are now: rules may name whoever was added a moment ago. */
export function directories() {
  return { users: usersIn(table, systemClock), teams: teamsIn(table, systemClock), pools: poolsIn(table, systemClock) };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
