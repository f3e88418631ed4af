import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { DataSubjectRequests, RequestRecord } from "@shangji/core/protection/ports";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, type RecordShape, recordStore } from "../kit/record-store.ts";

/**
 * Requests for exports and erasures, kept together: there are few.
 * - one by id: GetItem, consistent, 1 R
 * - all, newest first: Query of one partition
 * - progress: UpdateItem, 1 W, which makes no version and so leaves no trace in the audit trail
 */
const requestShape: RecordShape<RequestRecord> = {
  kind: "dataSubjectRequest",
  key: "directory",
  attributes: {
    type: "string",
    subjectId: "string",
    reference: "string",
    status: "string",
    store: "string",
    position: "any",
    items: "number",
    problem: "string",
    finishedAt: "string",
    createdBy: "string",
  },
};

export function dataSubjectRequestsIn(table: Table): DataSubjectRequests {
  const records = recordStore(table, requestShape);
  const keyOf = (id: string) => recordKey(requestShape.key, requestShape.kind, id);
  return {
    create: records.create,
    get: records.get,
    update: records.update,
    async list({ limit, after }) {
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: "pk = :requests",
          ExpressionAttributeValues: { ":requests": keyOf("").pk },
          ScanIndexForward: false,
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      const items = Items.map((item) => fromItem(requestShape, item));
      return LastEvaluatedKey ? { items, next: LastEvaluatedKey } : { items };
    },
    async saveProgress(id, { store, position, items }) {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keyOf(id),
          UpdateExpression: `SET #store = :store, #items = :items ${position ? ", #position = :position" : "REMOVE #position"}`,
          ConditionExpression: "#status = :running",
          ExpressionAttributeNames: {
            "#store": "store",
            "#items": "items",
            "#position": "position",
            "#status": "status",
          },
          ExpressionAttributeValues: { ":store": store, ":items": items, ":position": position, ":running": "running" },
        }),
      );
    },
  };
}
