import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
