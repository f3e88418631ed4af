import { startDynamoDb } from "/work/main/packages/local-cloud/src/engines/dynamodb.ts";
import { DynamoDBClient, CreateTableCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { tableDefinition as t } from "/work/main/packages/aws/src/dynamo/table.ts";
const gsis = Number(process.argv[2] ?? 6), mem = process.argv[3] !== "disk";
const engine = await startDynamoDb(mem ? undefined : "/tmp/prof/db" + Date.now());
const client = new DynamoDBClient({ endpoint: engine.endpoint, region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
const idx = t.indexes.slice(0, gsis);
const names = new Set(["pk", "sk", ...idx.flatMap((i) => [...i.partition, ...i.sort])]);
await client.send(new CreateTableCommand({ TableName: "Tab", BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [...names].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }, { AttributeName: "sk", KeyType: "RANGE" }],
  ...(gsis ? { GlobalSecondaryIndexes: idx.map((i) => ({ IndexName: i.name, KeySchema: [...(process.env.REV ? [...i.partition].reverse() : i.partition).map((AttributeName) => ({ AttributeName, KeyType: "HASH" as const })), ...i.sort.map((AttributeName) => ({ AttributeName, KeyType: "RANGE" as const }))], Projection: { ProjectionType: i.projection } })) } : {}),
  ...(process.argv[4] === "nostream" ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" } }) }));
import { readFileSync } from "node:fs"; import { execFileSync } from "node:child_process";
const java = execFileSync("pgrep", ["-P", String(process.pid), "-x", "java"]).toString().trim();
const cpuOf = (pid: string) => { const f = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" "); return (Number(f[11]) + Number(f[12])) / 100; };
const many = async (label: string, n: number, make: (i: number) => any) => {
  let i = 0; const j = cpuOf(java); const s = performance.now();
  await Promise.all(Array.from({ length: 16 }, async () => { while (i < n) { const k = i++; await client.send(make(k)); } }));
  console.log(label, Math.round(n / ((performance.now() - s) / 1000)), "/s java ms", ((cpuOf(java)-j)*1000/n).toFixed(2));
};
const { GetItemCommand, TransactWriteItemsCommand } = await import("@aws-sdk/client-dynamodb");
const full = (i: number) => ({ TableName: "Tab", Item: { pk: { S: "opp#" + i }, sk: { S: "opp" }, kind: { S: "opportunity" }, ownerId: { S: "u" + (i % 20) }, teamId: { S: "t" + (i % 5) }, stageId: { S: "s" + (i % 5) }, accountId: { S: "a" + (i % 80) }, updatedAt: { S: new Date(1e12 + i * 1000).toISOString() }, name: { S: "x".repeat(400) } } });
const bare = (i: number) => ({ TableName: "Tab", Item: { pk: { S: "bare#" + i }, sk: { S: "opp" }, name: { S: "x".repeat(400) } } });
await many("warm", 3000, (i) => new PutItemCommand(full(i)));
await many("put full", 4000, (i) => new PutItemCommand(full(i + 10000)));
await many("put bare", 4000, (i) => new PutItemCommand(bare(i)));
await many("get", 4000, (i) => new GetItemCommand({ TableName: "Tab", Key: { pk: { S: "opp#" + (i % 3000) }, sk: { S: "opp" } } }));
await many("tx 1 full", 2000, (i) => new TransactWriteItemsCommand({ TransactItems: [{ Put: full(i + 20000) }] }));
await many("tx 20 bare", 200, (i) => new TransactWriteItemsCommand({ TransactItems: Array.from({ length: 20 }, (_, k) => ({ Put: bare(i * 20 + k + 100000) })) }));
const { QueryCommand, BatchWriteItemCommand, BatchGetItemCommand } = await import("@aws-sdk/client-dynamodb");
for (const [g, a, v] of [["gsi1","ownerId","u1"],["gsi2","teamId","t1"],["gsi3","stageId","s1"],["gsi4","accountId","a1"]] as const) if (idx.some((x) => x.name === g)) await many("query 30 " + g, 500, (i) => new QueryCommand({ TableName: "Tab", IndexName: g, Limit: 30, ScanIndexForward: false, KeyConditionExpression: "kind = :k AND #a = :v", ExpressionAttributeNames: { "#a": a }, ExpressionAttributeValues: { ":k": { S: "opportunity" }, ":v": { S: v } } }));
await many("batchwrite 25 bare", 200, (i) => new BatchWriteItemCommand({ RequestItems: { Tab: Array.from({ length: 25 }, (_, k) => ({ PutRequest: { Item: bare(i * 25 + k + 200000).Item } })) } }));
await many("batchget 25", 200, (i) => new BatchGetItemCommand({ RequestItems: { Tab: { Keys: Array.from({ length: 25 }, (_, k) => ({ pk: { S: "bare#" + (i * 20 + k + 100000) }, sk: { S: "opp" } })) } } }));
if (process.argv[5] === "hold") { console.log("hold"); await new Promise(() => {}); }
client.destroy(); await engine.stop();
