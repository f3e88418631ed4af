import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Change } from "@shangji/contracts/kit/primitives";
import type { ImportJob } from "@shangji/core/imports/job";
import type { ImportStore, PartResult } from "@shangji/core/imports/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { Page } from "@shangji/core/kit/record";
import type { Table } from "../dynamo/kit/client.ts";
import { takeClaim } from "../dynamo/kit/taken-claims.ts";
import { write } from "../dynamo/kit/write.ts";
import { isRefused, reasonsOf, retryBusy } from "./busy.ts";
import { expiresAt, importKeys } from "./import-keys.ts";

type Item = Record<string, unknown>;

/**
 * Imports and the results of their chunks.
 * Every write of an import says by its `change` which step has made it, for events and audit.
 * - one by id: GetItem, 1 RCU a 4 KB
 * - all, newest first: Query of one partition
 * - result of a chunk: one transaction of two items, 4 WCU; all of an import: Query of its partition
 */
export function importStoreIn(table: Table, clock: Clock): ImportStore {
  return { ...jobsIn(table, clock), ...partsIn(table, clock) };
}

function jobsIn(table: Table, clock: Clock): Omit<ImportStore, "savePart" | "hasPart" | "parts"> {
  return {
    async create(job, change, claim) {
      const Item = { ...importKeys.import(job.id), ...job, change, __edb_e__: "import" };
      const put = { TableName: table.name, Item, ConditionExpression: "attribute_not_exists(pk)" };
      await write(table, [{ Put: put }], takeClaim(table, claim, job));
    },
    async get(id) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: importKeys.import(id), ConsistentRead: true }),
      );
      return Item && jobOf(Item);
    },
    async list({ limit, after }): Promise<Page<ImportJob>> {
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: "pk = :imports",
          ExpressionAttributeValues: { ":imports": importKeys.import("").pk },
          ScanIndexForward: false,
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      const items = Items.map(jobOf);
      return LastEvaluatedKey ? { items, next: LastEvaluatedKey } : { items };
    },
    begin: (id, at) =>
      move(table, id, at, {
        command: "beginImport",
        set: { "#status": "running" },
        more: "startedAt = if_not_exists(startedAt, :at)",
        from: ["awaiting_upload", "running"],
      }),
    async setTotalRows(id, totalRows) {
      const at = clock.now().toISOString();
      await move(table, id, at, { command: "planImport", set: { totalRows }, from: ["running"] });
    },
    async complete(id, { hasErrors }, at) {
      const set = { "#status": "completed", finishedAt: at, hasErrors };
      await move(table, id, at, { command: "completeImport", set, from: ["running"] });
    },
    async forgetErrors(id, at) {
      const set = { hasErrors: false };
      await move(table, id, at, { command: "removeImportFiles", set, from: ["completed", "failed"] });
    },
    async fail(id, problem, at) {
      const set = { "#status": "failed", finishedAt: at, problem };
      await move(table, id, at, { command: "failImport", set, from: ["awaiting_upload", "running"] });
    },
  };
}

interface Move {
  command: string;
  set: Record<string, unknown>;
  more?: string;
  from: string[];
}

/** Changes an import if it is in one of the states; answers whether it was. */
async function move(table: Table, id: string, at: string, { command, set, more, from }: Move): Promise<boolean> {
  const values: Item = { ":one": 1 };
  const assignments = ["version = version + :one", ...(more ? [more] : [])];
  const stamped = { ...set, updatedAt: at, change: stepChange(id, command, at) };
  for (const [index, [name, value]] of Object.entries(stamped).entries()) {
    assignments.push(`${name} = :set${index}`);
    values[`:set${index}`] = value;
  }
  if (more) values[":at"] = at;
  for (const [index, state] of from.entries()) values[`:from${index}`] = state;
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: importKeys.import(id),
        UpdateExpression: `SET ${assignments.join(", ")}`,
        ConditionExpression: `#status IN (${from.map((_, index) => `:from${index}`).join(", ")})`,
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: values,
      }),
    );
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/** The stamp of a step of the import itself; the rows that it brings in are stamped by who has asked for it. */
function stepChange(id: string, command: string, at: string): Change {
  return { actorId: "system", at, command, source: "import", requestId: id };
}

function jobOf(item: Item): ImportJob {
  const { pk: _, sk: __, change: ___, __edb_e__, ...job } = item;
  return job as ImportJob; // only `create` and `move` write imports
}

function partsIn(table: Table, clock: Clock): Pick<ImportStore, "savePart" | "hasPart" | "parts"> {
  return {
    async savePart(id, part, at) {
      const TransactItems = [putPart(table, id, part, expiresAt(clock.now())), addCounts(table, id, part, at)];
      try {
        // Chunks that end at the same moment meet at the import's item.
        await retryBusy(() => table.client.send(new TransactWriteCommand({ TransactItems })));
      } catch (error) {
        // The part is kept already, or the import has ended meanwhile: either way nothing is to be counted.
        if (
          error instanceof TransactionCanceledException &&
          reasonsOf(error).some((code) => code === "ConditionalCheckFailed")
        )
          return;
        throw error;
      }
    },
    async hasPart(id, name) {
      const { Item } = await table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: importKeys.part(id, name),
          ConsistentRead: true,
          ProjectionExpression: "pk",
        }),
      );
      return Item !== undefined;
    },
    async parts(id) {
      const parts: PartResult[] = [];
      let from: Item | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            KeyConditionExpression: "pk = :import AND begins_with(sk, :part)",
            ExpressionAttributeValues: { ":import": importKeys.part(id, "").pk, ":part": importKeys.part(id, "").sk },
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        );
        for (const { part } of Items) parts.push(part as PartResult); // only putPart writes them
        from = LastEvaluatedKey;
      } while (from);
      return parts;
    },
  };
}

function putPart(table: Table, id: string, part: PartResult, ttl: number) {
  return {
    Put: {
      TableName: table.name,
      Item: { ...importKeys.part(id, part.name), part, ttl },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  };
}

function addCounts(table: Table, id: string, { counts }: PartResult, at: string) {
  const names = Object.keys(counts);
  return {
    Update: {
      TableName: table.name,
      Key: importKeys.import(id),
      UpdateExpression: `SET ${names.map((_, index) => `counts.#c${index} = if_not_exists(counts.#c${index}, :zero) + :c${index}`).join(", ")}, updatedAt = :at, change = :change, version = version + :one`,
      ConditionExpression: "#status = :running",
      ExpressionAttributeNames: {
        "#status": "status",
        ...Object.fromEntries(names.map((name, index) => [`#c${index}`, name])),
      },
      ExpressionAttributeValues: {
        ":at": at,
        ":change": stepChange(id, "countRows", at),
        ":one": 1,
        ":running": "running",
        ":zero": 0,
        ...Object.fromEntries(Object.values(counts).map((count, index) => [`:c${index}`, count])),
      },
    },
  };
}
