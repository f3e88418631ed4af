import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { importLinksIn } from "@shangji/aws/imports/import-links";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, s3FromEnv, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  store: importStoreIn(table, systemClock),
  links: importLinksIn({ name: required(env.importsBucket), ...s3FromEnv() }),
  clock: systemClock,
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  defaultLanguage: defaultLanguage(),
};
