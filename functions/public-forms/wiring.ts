import { concealing } from "@shangji/aws/dynamo/forms/conceal";
import { formsIn } from "@shangji/aws/dynamo/forms/forms";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { env, required } from "@shangji/lambda/env";
import { phoneCountry, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  forms: formsIn(table, systemClock),
  leads: leadsIn(table),
  // A lead may wait longer than a call of the API, and must not be lost because many are sent at once.
  budgets: budgetsIn(table, systemClock, { longestWaitMs: 3_000 }),
  conceal: concealing(cursorSecretIn(table)),
  country: phoneCountry(),
};
