import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { ExportProgress, ExportRecord, Exports } from "@shangji/core/exports/ports";
import { type LanePart, nobody } from "@shangji/core/kit/record";
import type { Table } from "../kit/client.ts";
import { laneStore } from "../kit/lane-list.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";
import { write } from "../kit/write.ts";

/**
 * Exports of lists, each in a partition of its own, with its progress beside it.
 * - one by id, its progress: GetItem, 1 RCU each (strongly consistent)
 * - of whoever asked for it: Query gsi1; all: Query gsi2, where they belong to nobody
 * - a chunk: PutItem of the progress, 1 WCU a KB; it stands in no index
 */
const exportShape: RecordShape<Omit<ExportRecord, "change">> = {
  kind: "export",
  key: "id",
  consistent: true,
  attributes: {
    entity: "string",
    format: "string",
    filter: "any",
    view: "string",
    fields: "any",
    language: "string",
    status: "string",
    rows: "number",
    bytes: "number",
    expiresAt: "string",
    problem: "string",
    finishedAt: "string",
    ownerId: "string",
  },
};

const all: LanePart = { by: "team", id: nobody };

export function exportsIn(table: Table): Exports {
  const { create, get, update } = recordStore(table, exportShape);
  const lanes = laneStore(table, exportShape);
  return {
    create,
    get,
    update,
    listOf: (ownerId, page) => lanes.list({ by: "owner", id: ownerId }, page),
    listAll: (page) => lanes.list({ by: "all", teamIds: [] }, page),
    changedSince: (instant, page) =>
      lanes.select(
        {
          lanes: [all],
          order: { by: "updated", descending: false },
          range: { from: instant },
          beside: [],
          where: () => true,
          expected: page.limit + 1,
        },
        page,
      ),
    async progressOf(id) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: progressKey(id), ConsistentRead: true }),
      );
      return Item && progressOf(Item);
    },
    async saveProgress(progress) {
      const Item = { ...progressKey(progress.exportId), ...progress };
      await write(table, [{ Put: { TableName: table.name, Item, ...after(progress) } }]);
    },
  };
}

function after({ step }: ExportProgress) {
  if (step === 1) return { ConditionExpression: "attribute_not_exists(pk)" };
  return { ConditionExpression: "step = :before", ExpressionAttributeValues: { ":before": step - 1 } };
}

function progressKey(exportId: string) {
  return { pk: exportId, sk: "progress" };
}

function progressOf({ pk: _, sk: __, ...progress }: Record<string, unknown>): ExportProgress {
  return progress as unknown as ExportProgress; // only `saveProgress` writes it
}
