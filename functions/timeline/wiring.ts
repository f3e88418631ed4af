import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  timeline: timelineIn(table),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  claims: takenClaimsIn(table),
  defaultLanguage: defaultLanguage(),
};
