import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { signInsIn } from "@shangji/aws/identity/cognito";
import type { NewPipeline } from "@shangji/contracts/pipelines/schemas";
import type { CallContext } from "@shangji/core/kit/context";
import { idSource } from "@shangji/core/kit/ids";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { randomBytes, systemClock } from "@shangji/lambda/settings";
import { makePerson } from "../people/make-person.ts";
import type { StackFile } from "../stack.ts";

const password = "Shangji-2026";
const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** The people that a local stack can be tried with. */
export const demoUsers: StackFile["users"] = [
  { email: "admin@shangji.test", password, role: "admin" },
  { email: "manager@shangji.test", password, role: "manager" },
  { email: "rep@shangji.test", password, role: "rep" },
  { email: "analyst@shangji.test", password, role: "analyst" },
];

const defaultPipeline: NewPipeline = {
  name: { en: "Standard", "zh-CN": "标准流程" },
  stages: [
    { name: { en: "Qualify", "zh-CN": "需求确认" }, type: "open" },
    { name: { en: "Propose", "zh-CN": "方案报价" }, type: "open" },
    { name: { en: "Negotiate", "zh-CN": "商务谈判" }, type: "open" },
    { name: { en: "Won", "zh-CN": "赢单" }, type: "won" },
    { name: { en: "Lost", "zh-CN": "输单" }, type: "lost" },
  ],
  isDefault: true,
};

/** The table of a local stack, for scripts that look at the store itself. */
export function localTable({ endpoint, tableName, region }: StackFile["store"]): Table {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials: localCredentials }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return { name: tableName, client };
}

/** The table of the search index of a local stack. */
export function localSearchTable(store: StackFile["store"]): Table {
  return { ...localTable(store), name: store.searchTableName };
}

/** The table of the totals of a local stack. */
export function localTotalsTable(store: StackFile["store"]): Table {
  return { ...localTable(store), name: store.totalsTableName };
}

/** Makes the demo sign-ins and the default pipeline, as far as they are missing. */
export async function seed({ store, cognito }: Pick<StackFile, "store" | "cognito">): Promise<void> {
  const table = localTable(store);
  const context: CallContext = {
    actor: { userId: "system", role: "admin" },
    clock: systemClock,
    ids: idSource(systemClock, randomBytes),
    requestId: "local-start",
    source: "system",
  };
  const signIns = signInsIn(
    cognito.userPoolId,
    new CognitoIdentityProviderClient({
      endpoint: cognito.endpoint,
      region: store.region,
      credentials: localCredentials,
    }),
  );
  const identities = identitiesIn(table);
  for (const user of demoUsers) {
    await makePerson({ ...user, name: `Demo ${user.role}` }, { signIns, identities, context });
  }
  const pipelines = pipelinesIn(table, systemClock);
  if ((await pipelines.all()).length > 0) return;
  await createPipeline(defaultPipeline, { pipelines, stageIds: stageIds(randomBytes), context });
}
