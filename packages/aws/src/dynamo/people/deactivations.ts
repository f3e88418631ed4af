import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Deactivation, HoldingKind } from "@shangji/contracts/people/schemas";
import type { Deactivations, HandOverProgress, Holdable } from "@shangji/core/people/ports";
import { accountShape } from "../accounts/accounts.ts";
import { contactShape } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { type RecordShape, recordStore, replaceItem } from "../kit/record-store.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";
import { opportunityShape } from "../opportunities/opportunities.ts";
import { teamShape } from "./teams.ts";

/** Deactivations of users, each in a partition of its own; a user names the last one. Owned by nobody: no lane lists them. */
export const deactivationShape: RecordShape<Deactivation> = {
  kind: "deactivation",
  key: "id",
  consistent: true,
  attributes: {
    userId: "string",
    handOverTo: "any",
    closedOpportunities: "string",
    reason: "string",
    status: "string",
    failure: "string",
  },
};

const shapes = {
  account: accountShape,
  contact: contactShape,
  opportunity: opportunityShape,
  lead: leadShape,
  team: teamShape,
};

/**
 * - one by id, its progress: GetItem, 1 RCU each (strongly consistent)
 * - a step: one transaction of up to 25 records and the progress
 *
 * The progress is no record of its own, so that the steps of a long hand-over leave no trace but those of the records.
 */
export function deactivationsIn(table: Table): Deactivations {
  const { get, update } = recordStore(table, deactivationShape);
  return {
    get,
    update,
    async progressOf(id) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: progressKey(id), ConsistentRead: true }),
      );
      return Item && progressOf(Item);
    },
    async step(progress, kind, changes) {
      const moved = changes.map(({ before, after }) => replace(table, kind, { before, after }));
      const items = [...moved, progressPut(table, progress)];
      await write(table, items, [], { records: items.length });
    },
  };
}

function replace(table: Table, kind: HoldingKind, { before, after }: { before: Holdable; after: Holdable }): WriteItem {
  // Records of this kind came from a store of this shape.
  const shape = shapes[kind] as unknown as RecordShape<Holdable>;
  return replaceItem(table, shape, before, after);
}

function progressPut(table: Table, progress: HandOverProgress): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...progressKey(progress.deactivationId), ...progress },
      ...(progress.revision === 1
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : {
            ConditionExpression: "revision = :before",
            ExpressionAttributeValues: { ":before": progress.revision - 1 },
          }),
    },
  };
}

function progressKey(deactivationId: string) {
  return { pk: deactivationId, sk: "progress" };
}

function progressOf({ pk: _, sk: __, ...progress }: Record<string, unknown>): HandOverProgress {
  return progress as unknown as HandOverProgress; // only `step` writes it
}
