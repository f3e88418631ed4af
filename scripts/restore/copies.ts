import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";

/** Every copy that a drill makes has this in its name, and nothing else may be removed. */
const mark = "-restored-drill-";

/** A name for a copy of a table. */
export function copyName(prefix: string, at: Date): string {
  return `${prefix}${mark}${at.toISOString().replace(/\D/g, "").slice(0, 17)}`;
}

/** Removes a copy. @throws Error for any table that no drill has made */
export async function removeCopy({ client, name }: Table): Promise<void> {
  if (!name.includes(mark)) throw new Error(`${name} was not made by a drill and is not removed`);
  await client.send(new DeleteTableCommand({ TableName: name }));
}
