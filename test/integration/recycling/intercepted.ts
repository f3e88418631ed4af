import type { Table } from "@shangji/aws/dynamo/kit/client";

interface Command {
  input: { IndexName?: string; Limit?: number };
}
interface Answer {
  Items?: Record<string, unknown>[];
}

/** A table whose calls go through `call`, which may change them and their answers. */
export function intercepted(
  table: Table,
  call: (command: Command, send: (command: Command) => Promise<Answer>) => Promise<Answer>,
): Table {
  const send = (command: Command) => call(command, (passed) => table.client.send(passed as never) as Promise<Answer>);
  const client = new Proxy(table.client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
  return { ...table, client };
}
