import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandInput,
  type BatchExecuteStatementCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import { beforeAttempt, jitteredPause, type Pause } from "./attempts.ts";
import type { Table } from "./client.ts";

interface Item {
  pk: string;
  sk: string;
}

/**
 * Puts items where there are none, 25 in a request, and answers which of them met one that is there already: that one stays
 * as it is. Of several with one key the first is put. The action is `dynamodb:PartiQLInsert`, which can alter nothing.
 * Each costs the same as a put, refused or not. @throws InsertRefused when a batch must come again; part of it may be there then
 */
export async function insertAll<T extends Item>(
  table: Table,
  items: readonly T[],
  { pause = jitteredPause() }: { pause?: Pause } = {},
): Promise<T[]> {
  const requests = requestsOf(items);
  const known: T[] = [];
  let next = 0;
  const work = async () => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      known.push(...(await insert(table, request, pause)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(requestsAtOnce, requests.length) }, work));
  return known;
}

/** An item was not taken, again and again or for good. Says why in the codes of DynamoDB, whose own texts may hold values. */
export class InsertRefused extends Error {
  override readonly name = "InsertRefused";
}

const statementsPerRequest = 25;
/** No limit is documented for such a request; this is below those of all others. */
const bytesPerRequest = 1_000_000;
const requestsAtOnce = 4;
/** With pauses of three seconds together at most: whoever signs in waits for one of these writes. */
const attempts = 8;

/** Refusals that pass by. */
const passing = new Set([
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "RequestLimitExceeded",
  "InternalServerError",
  "TransactionConflict",
]);

/** Items by request. A request that names one key twice is refused as a whole. */
function requestsOf<T extends Item>(items: readonly T[]): T[][] {
  const requests: T[][] = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const item of items) {
    const key = JSON.stringify([item.pk, item.sk]);
    if (seen.has(key)) continue;
    seen.add(key);
    const own = Buffer.byteLength(JSON.stringify(item));
    const last = requests.at(-1);
    bytes += own;
    if (last !== undefined && last.length < statementsPerRequest && bytes <= bytesPerRequest) {
      last.push(item);
    } else {
      requests.push([item]);
      bytes = own;
    }
  }
  return requests;
}

/** One request, until each of its items is there. Gives those that met another one. */
async function insert<T extends Item>(table: Table, request: T[], pause: Pause): Promise<T[]> {
  const known: T[] = [];
  let pending = request;
  let cause: InsertRefused | undefined;
  for (let attempt = 0; pending.length > 0; attempt++) {
    await beforeAttempt(attempt, cause, { pause, attempts });
    const Statements = pending.map((item) => statementOf(table, item));
    const { Responses = [] } = await table.client.send(new BatchExecuteStatementCommand({ Statements }));
    const codes = pending.map((_, at) => codeOf(Responses[at]));
    const final = codes.find((code) => code !== undefined && code !== "DuplicateItem" && !passing.has(code));
    if (final !== undefined) throw new InsertRefused(final);
    known.push(...pending.filter((_, at) => codes[at] === "DuplicateItem"));
    pending = pending.filter((_, at) => passing.has(codes[at] ?? ""));
    cause = new InsertRefused([...new Set(codes.filter((code) => passing.has(code ?? "")))].join(", "));
  }
  return known;
}

type Response = NonNullable<BatchExecuteStatementCommandOutput["Responses"]>[number];

/** Why a statement was refused; undefined when it was not. Nothing is taken for done of which nothing is said. */
function codeOf(response: Response | undefined): string | undefined {
  if (response === undefined) return "no response";
  return response.Error && (response.Error.Code ?? "no code");
}

type Statement = NonNullable<BatchExecuteStatementCommandInput["Statements"]>[number];

/** Names only stand in the text, which may have 8,192 characters; each value is a parameter of its own. */
function statementOf(table: Table, item: Item): Statement {
  const attributes = Object.entries(item).filter(([, value]) => value !== undefined);
  const names = attributes.map(([name]) => `'${name.replaceAll("'", "''")}': ?`).join(", ");
  return {
    Statement: `INSERT INTO "${table.name}" VALUE {${names}}`,
    Parameters: attributes.map(([, value]) => value),
  };
}
