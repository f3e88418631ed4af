import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import type { BudgetStore, Budgets, BudgetWindow, Reservation } from "@shangji/core/limits/ports";
import { slicedBudgets } from "@shangji/core/limits/sliced-budgets";
import type { Table } from "../kit/client.ts";

/** What the partition keys of budgets begin with: functions may update these items without being able to update others. */
export const budgetPrefix = "budget#";

/** An item is of no use after its minute; DynamoDB takes it away when it gets to it. */
const keptSeconds = 3_600;

export interface BudgetOptions {
  /** How long a request may be kept waiting for a reservation. @default 500 */
  longestWaitMs?: number;
}

/**
 * Reserved requests, an item for each caller and minute in a partition of the caller.
 * - a reservation: UpdateItem, 1 WCU, at most fifty a minute for each caller; one more at the end of a budget
 *
 * An item carries no `__edb_e__`, so the stream's readers pass it by.
 */
export function budgetStoreIn(table: Table, { longestWaitMs = 500 }: BudgetOptions = {}): BudgetStore {
  async function take({ callerId, minute, limit }: BudgetWindow, wanted: number): Promise<Reservation> {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: { pk: `${budgetPrefix}${callerId}`, sk: `minute#${minute}` },
      UpdateExpression: "ADD reserved :wanted SET #ttl = :ttl",
      ConditionExpression: "attribute_not_exists(reserved) OR reserved <= :most",
      ExpressionAttributeNames: { "#ttl": "ttl" },
      ExpressionAttributeValues: { ":wanted": wanted, ":most": limit - wanted, ":ttl": minute * 60 + keptSeconds },
      ReturnValues: "UPDATED_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      const { Attributes } = await table.client.send(command, { abortSignal: AbortSignal.timeout(longestWaitMs) });
      return { granted: wanted, reserved: Number(Attributes?.reserved) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { granted: 0, reserved: Number(error.Item?.reserved?.N ?? limit) };
    }
  }

  return {
    async reserve(window, { wanted, needed }) {
      const { limit } = window;
      if (needed > limit) return { granted: 0, reserved: 0 };
      const all = await take(window, Math.min(wanted, limit));
      const left = limit - all.reserved;
      // Less than was wanted is left, and enough: it can still be had, unless someone is faster.
      return all.granted > 0 || left < needed ? all : take(window, Math.min(left, wanted));
    },
  };
}

export function budgetsIn(table: Table, clock: Clock, options: BudgetOptions = {}): Budgets {
  return slicedBudgets(budgetStoreIn(table, options), clock);
}
