import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { BehaviourEvent } from "@shangji/core/scoring/engagement";
import type { KeptScore } from "@shangji/core/scoring/kept-score";
import type { Scores, ScoreWrite } from "@shangji/core/scoring/ports";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, unchangedItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { batchGet } from "../kit/unique-values.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { leadShape } from "../leads/leads.ts";
import { eventItem, eventOf, eventPrefix, keptScore, knownEventItem, scoreKey } from "./score-items.ts";

/**
 * Scores of leads, and the events that they are made of. A score is an item beside its lead: an event changes nothing of the
 * lead with its five index entries, and nobody else's change of the lead meets it.
 * - what scoring begins with: BatchGetItem of the lead and its score, 1 RCU each for 4 KB (strongly consistent)
 * - events of a lead: Query of its partition, backwards, 1 RCU for 4 KB; only when rules have changed
 * - a score: one transaction of the score and a check of the lead, 2 WCU for 1 KB and 2
 * - an event: one transaction of the event, a mark that it is known, the score, and a check of the lead, 2 WCU each
 * - a score to be shown: GetItem, 0.5 RCU for 4 KB; many of them: BatchGetItem, a hundred a request
 */
export function scoresIn(table: Table): Scores {
  return {
    async start(leadId) {
      const keys = [recordKey("id", "lead", leadId), scoreKey(leadId)];
      const found = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, keys, { consistent: true })) found.set(String(item.sk), item);
      const [lead, score] = keys.map(({ sk }) => found.get(sk));
      return {
        lead: lead && lead.deletedAt === undefined ? fromItem(leadShape, lead) : undefined,
        kept: score && keptScore(score),
      };
    },
    events: (leadId, most) => eventsOf(table, leadId, most),
    async save(given) {
      try {
        const items = scoreItems(table, given);
        await write(table, items, [], { records: items.length });
        return "written";
      } catch (error) {
        return changedBy(error);
      }
    },
    async record(event, given, claim) {
      const put = (Item: object, condition: object = {}): WriteItem => ({
        Put: { TableName: table.name, Item: { ...Item }, ...condition },
      });
      const known = put(knownEventItem(event), { ConditionExpression: "attribute_not_exists(pk)" });
      const items = [known, ...scoreItems(table, given), put(eventItem(event))];
      try {
        await write(table, items, takeClaim(table, claim, { id: event.leadId }), { records: items.length });
        return "written";
      } catch (error) {
        return isKnown(error) ? "known" : changedBy(error);
      }
    },
    async of(leadId) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: scoreKey(leadId) }));
      return Item && keptScore(Item);
    },
    async ofMany(leadIds) {
      const scores = new Map<string, KeptScore>();
      for await (const item of batchGet(table, leadIds.map(scoreKey), { consistent: false }))
        scores.set(String(item.pk), keptScore(item));
      return scores;
    },
  };
}

/** Where the mark of an event that is known stands among the items of its transaction. */
const knownAt = 0;

function scoreItems(table: Table, { lead, was, becomes }: ScoreWrite): WriteItem[] {
  return [
    unchangedItem(table, leadShape, lead),
    {
      Put: {
        TableName: table.name,
        Item: { ...scoreKey(lead.id), ...becomes },
        ...(was
          ? { ConditionExpression: "revision = :was", ExpressionAttributeValues: { ":was": was.revision } }
          : { ConditionExpression: "attribute_not_exists(pk)" }),
      },
    },
  ];
}

async function eventsOf(table: Table, leadId: string, most: number): Promise<BehaviourEvent[]> {
  const events: BehaviourEvent[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :lead AND begins_with(sk, :events)",
        ExpressionAttributeValues: { ":lead": leadId, ":events": eventPrefix },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: most - events.length,
        ExclusiveStartKey: from,
      }),
    );
    events.push(...Items.map(eventOf));
    from = LastEvaluatedKey;
  } while (from && events.length < most);
  return events;
}

function changedBy(error: unknown): "changed" {
  if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
  return "changed";
}

function isKnown(error: unknown): boolean {
  const cause = error instanceof DomainError ? error.cause : undefined;
  if (!(cause instanceof TransactionCanceledException)) return false;
  return cause.CancellationReasons?.[knownAt]?.Code === "ConditionalCheckFailed";
}
