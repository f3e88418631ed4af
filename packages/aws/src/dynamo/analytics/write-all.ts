import { BatchWriteCommand, type BatchWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { ProjectorDeps } from "./projector-deps.ts";

type WriteRequest = NonNullable<BatchWriteCommandInput["RequestItems"]>[string][number];

const writesPerBatch = 25;

/** Puts and deletes items without conditions, until all are done. */
export async function writeAll(
  { table, pause }: Pick<ProjectorDeps, "table" | "pause">,
  requests: readonly WriteRequest[],
): Promise<void> {
  for (let start = 0; start < requests.length; start += writesPerBatch) {
    let rest: WriteRequest[] = requests.slice(start, start + writesPerBatch);
    for (let attempt = 0; rest.length > 0; attempt++) {
      if (attempt > 0) await pause(attempt);
      const { UnprocessedItems } = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.name]: rest } }),
      );
      rest = UnprocessedItems?.[table.name] ?? [];
    }
  }
}

export function deleteRequests(keys: readonly { pk: string; sk: string }[]): WriteRequest[] {
  return keys.map((Key) => ({ DeleteRequest: { Key } }));
}
