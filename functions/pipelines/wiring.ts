import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, randomBytes, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  pipelines: pipelinesIn(table, systemClock),
  stageIds: stageIds(randomBytes),
};

export const http = { cursorSecret: cursorSecretIn(table), defaultLanguage: defaultLanguage() };
