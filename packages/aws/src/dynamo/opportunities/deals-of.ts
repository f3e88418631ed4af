import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { DealsOf } from "@shangji/core/recycling/ports";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { batchGet } from "../kit/unique-values.ts";
import { opportunityShape } from "./opportunities.ts";

type Deal = Pick<Opportunity, "id" | "accountId" | "status" | "openedAt" | "closedAt" | "createdAt"> & {
  deletedAt?: string;
};

const attributes = ["id", "accountId", "#status", "openedAt", "closedAt", "createdAt"];

/**
 * Whether an account has an open opportunity, and when another one was opened or closed last. What was deleted was none.
 * Query of gsi4, 0.5 RCU for 4 KB of its opportunities, up to the first one that is open; as the index follows its records a moment
 * later, what it calls open is read again, 1 RCU each (strongly consistent): so what has just been closed is not taken for open
 */
export async function dealsOf(table: Table, accountId: string): Promise<DealsOf> {
  let lastAt: string | undefined;
  let after: Record<string, unknown> | undefined;
  const ended = ({ openedAt, createdAt, closedAt }: Deal) => {
    for (const at of [openedAt ?? createdAt, closedAt]) if (at !== undefined && !(lastAt && lastAt >= at)) lastAt = at;
  };
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: "gsi4",
        KeyConditionExpression: "accountId = :account AND kind = :kind",
        ProjectionExpression: attributes.join(", "),
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":account": accountId, ":kind": opportunityShape.kind },
        ScanIndexForward: false,
        ExclusiveStartKey: after,
      }),
    );
    const deals = Items as Deal[]; // the index holds whole records, and these are asked for
    deals.filter(({ status }) => status !== "open").forEach(ended);
    const open = deals.filter(({ status }) => status === "open").map(({ id }) => recordKey("id", "opportunity", id));
    for await (const item of batchGet(table, open, { consistent: true })) {
      const deal = item as unknown as Deal; // the keys are those of opportunities
      if (deal.deletedAt !== undefined || deal.accountId !== accountId) continue;
      if (deal.status === "open") return { isOpen: true };
      ended(deal);
    }
    after = LastEvaluatedKey;
  } while (after);
  return { isOpen: false, lastAt };
}
