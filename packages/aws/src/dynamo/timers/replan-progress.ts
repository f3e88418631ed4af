import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import type { ReplanProgress, ReplanProgresses } from "@shangji/core/timers/ports";
import type { Table } from "../kit/client.ts";

/** What the partition keys of jobs that plan timers anew begin with. */
export const replanPrefix = "response-replan#";
const keptDays = 2;

/** How far each change of rules has been followed: GetItem, 1 RCU, PutItem, 1 W, for each hundred records. */
export function replanProgressesIn(table: Table, clock: Clock): ReplanProgresses {
  const keyOf = (cause: string) => ({ pk: `${replanPrefix}${cause}`, sk: "progress" });
  return {
    async get(cause) {
      const get = new GetCommand({ TableName: table.name, Key: keyOf(cause), ConsistentRead: true });
      const { Item } = await table.client.send(get);
      return Item?.progress as ReplanProgress | undefined; // only `put` writes it
    },
    async put(cause, progress) {
      const ttl = Math.floor(clock.now().getTime() / 1000) + keptDays * 86_400;
      const Item = { ...keyOf(cause), progress, ttl };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
  };
}
