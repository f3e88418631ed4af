import { BatchWriteCommand, type BatchWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { beforeAttempt } from "../kit/attempts.ts";
import type { MarkerDeps } from "./search-markers.ts";

export type WriteRequest = NonNullable<BatchWriteCommandInput["RequestItems"]>[string][number];

const writesPerBatch = 25;
const batchesAtOnce = 4;

/** Puts and deletes entries, some batches at a time, until all are done. */
export async function writeEntries(requests: readonly WriteRequest[], { table, pause }: MarkerDeps): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < requests.length) {
      let rest: WriteRequest[] | undefined = requests.slice(next, next + writesPerBatch);
      next += writesPerBatch;
      for (let attempt = 0; rest && rest.length > 0; attempt++) {
        await beforeAttempt(attempt, new Error("entries stayed unprocessed"), { pause });
        const command: BatchWriteCommand = new BatchWriteCommand({ RequestItems: { [table.name]: rest } });
        rest = (await table.client.send(command)).UnprocessedItems?.[table.name];
      }
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, work));
}
