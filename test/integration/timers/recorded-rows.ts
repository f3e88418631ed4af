import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import { deriveEvents } from "@shangji/core/events/derive-events";

type Image = Record<string, unknown>;

/** A table that passes all calls on, with what they have written of one kind of timer rows, as the stream of the table has it. */
export function recordedRows(given: Table, kind: string) {
  const images: Image[] = [];
  const ofRecord = (id: string) =>
    images.filter(({ pk }) => pk === id).sort((left, right) => Number(left.version) - Number(right.version));
  return {
    table: { ...given, client: recording(given.client, (item) => item.__edb_e__ === kind && images.push(item)) },
    /** Versions of a record's row that were written, in order. */
    versionsOf: (id: string): number[] => ofRecord(id).map(({ version }) => Number(version)),
    /** Types of the events that all writes of a record's row so far lead to, in order. */
    eventsOf(id: string): string[] {
      const own = ofRecord(id);
      return own.flatMap((after, index) => {
        const change = recordChangeOf({ before: own[index - 1], after });
        if (!change) throw new Error("a row is seen by the publisher");
        return deriveEvents(change, { customer: "test", fingerprint: (text) => text }).map(({ type }) => type);
      });
    },
  };
}

function recording(client: DynamoDBDocumentClient, note: (item: Image) => unknown): DynamoDBDocumentClient {
  const send = async (...call: Parameters<DynamoDBDocumentClient["send"]>) => {
    const answer = await client.send(...call);
    const [command] = call;
    const puts =
      command instanceof PutCommand
        ? [command.input.Item]
        : command instanceof TransactWriteCommand
          ? (command.input.TransactItems ?? []).map(({ Put }) => Put?.Item)
          : [];
    for (const item of puts) if (item) note(item);
    return answer;
  };
  return new Proxy(client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
}
