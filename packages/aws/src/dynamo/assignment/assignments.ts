import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { decisionKind } from "@shangji/contracts/assignment/decision-kind";
import type { Change } from "@shangji/contracts/kit/primitives";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type {
  Assignments,
  AssignmentWrite,
  AssignmentWritten,
  DecisionWrite,
  Kept,
  StoredDecision,
} from "@shangji/core/assignment/ports";
import type { Tally } from "@shangji/core/assignment/world";
import type { Clock } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { Stored } from "@shangji/core/kit/record";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, replaceItem, unchangedItem } from "../kit/record-store.ts";
import { batchGet } from "../kit/unique-values.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";
import { userShape } from "../people/users.ts";
import { keptScore, scoreKey } from "../scoring/score-items.ts";
import {
  atRevision,
  countedFor,
  countedItem,
  countedKey,
  decisionKey,
  keptTally,
  stillCounted,
  tallyKey,
  userOfTally,
} from "./assignment-items.ts";

/**
 * What decisions about leads read and write.
 * - a lead, its decision, for whom it is counted, its score: BatchGetItem, 4 RCU (strongly consistent)
 * - the tallies of whom a rule names: BatchGetItem, 1 RCU each, a hundred a request
 * - an assignment: one transaction of four items and a check of the user; one for a pool: of two; one that changes
 *   nothing: of one, and a check of the lead
 * - a decision: GetItem, 0.5 RCU for 4 KB
 */
export function assignmentsIn(table: Table, clock: Clock): Assignments {
  return {
    async start(leadId) {
      const keys = [recordKey("id", "lead", leadId), decisionKey(leadId), countedKey(leadId), scoreKey(leadId)];
      const found = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, keys, { consistent: true })) found.set(String(item.sk), item);
      const [lead, decision, counted, score] = keys.map(({ sk }) => found.get(sk));
      return {
        lead: lead && lead.deletedAt === undefined ? fromItem(leadShape, lead) : undefined,
        decision: decision && decisionIn(decision),
        counted: counted && countedFor(counted),
        score: score && keptScore(score),
      };
    },
    async tallies(userIds) {
      const tallies = new Map<string, Kept<Tally>>();
      for await (const item of batchGet(
        table,
        userIds.map((id) => tallyKey(id)),
        { consistent: true },
      ))
        tallies.set(userOfTally(String(item.pk)), keptTally(item));
      return tallies;
    },
    assign: (assignment) => attempt(table, assignItems(table, assignment, clock)),
    async note(decided, lead, change) {
      const items = [unchangedItem(table, leadShape, lead), decisionPut(table, decided, told(lead, change))];
      return (await attempt(table, items)) === "written" ? "written" : "changed";
    },
    async pool(decided, { before, after }) {
      const items = [replaceItem(table, leadShape, before, after), decisionPut(table, decided)];
      return (await attempt(table, items)) === "written" ? "written" : "changed";
    },
    async decisionOf(leadId) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: decisionKey(leadId) }));
      return Item && decisionIn(Item);
    },
  };
}

/** Where the check of the user stands among the items of an assignment. */
const userCheckAt = 0;

function assignItems(table: Table, { before, after, ...given }: AssignmentWrite, clock: Clock) {
  const { counted, decided, tally, personVersion } = given;
  const { ownerId: userId, id, version } = after;
  const put = (Item: object, condition: object): WriteItem => ({
    Put: { TableName: table.name, Item: { ...Item }, ...condition },
  });
  return [
    personCheck(table, { userId, version: personVersion }),
    replaceItem(table, leadShape, before, after),
    decisionPut(table, decided),
    put(countedItem(id, { version, userId }, clock.now()), stillCounted(counted)),
    put({ ...tallyKey(userId), ...tally.becomes, revision: tally.was.revision + 1 }, atRevision(tally.was.revision)),
  ];
}

/** Users are remembered for half a minute: whoever has left meanwhile, or is on leave or in another team, is looked at again. */
export function personCheck(table: Table, { userId, version }: { userId: string; version: number }): WriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: recordKey(userShape.key, userShape.kind, userId),
      ConditionExpression: "active = :active AND version = :seen AND attribute_not_exists(deletedAt)",
      ExpressionAttributeValues: { ":active": true, ":seen": version },
    },
  };
}

/** On condition that there is no decision yet, or still the one that was read. */
/** What the publisher needs of a decision to tell of it: else nobody would hear of a lead that stays as it is. */
function told({ id, version, createdAt }: Stored<Lead>, change: Change) {
  return { id, version, createdAt, updatedAt: change.at, change, __edb_e__: decisionKind };
}

function decisionPut(table: Table, { decision, replaces }: DecisionWrite, more: object = {}): WriteItem {
  const condition =
    replaces === undefined
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : { ConditionExpression: "cause = :was", ExpressionAttributeValues: { ":was": replaces } };
  return {
    Put: { TableName: table.name, Item: { ...decisionKey(decision.leadId), ...decision, ...more }, ...condition },
  };
}

/** Writes all, or says what stood against it; a check of the user is the first item. */
export async function attempt(table: Table, items: WriteItem[]): Promise<AssignmentWritten> {
  try {
    await write(table, items, [], { records: items.length });
    return "written";
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    return isUserRefused(error.cause) ? "stale_person" : "changed";
  }
}

function isUserRefused(cause: unknown): boolean {
  if (!(cause instanceof TransactionCanceledException)) return false;
  return cause.CancellationReasons?.[userCheckAt]?.Code === "ConditionalCheckFailed";
}

function decisionIn({ pk: _, sk: __, ...decision }: Record<string, unknown>): StoredDecision {
  return decision as unknown as StoredDecision; // only the puts of this file write it
}
