import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** Capacity units that calls have consumed. */
export interface Consumed {
  read: number;
  written: number;
}

interface Reported {
  CapacityUnits?: number;
}

const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;

/** A client that adds up what its calls consume, indexes included, as the engine reports it. */
export function measuredClient(client: DynamoDBDocumentClient) {
  let consumed: Consumed = { read: 0, written: 0 };
  const send = async (command: Parameters<DynamoDBDocumentClient["send"]>[0]) => {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    // The answer of any command that was asked for it.
    const answer = (await client.send(command)) as { ConsumedCapacity?: Reported | Reported[] };
    const units = [answer.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    if (writes.test(command.constructor.name)) consumed.written += units;
    else consumed.read += units;
    return answer;
  };
  return {
    client: new Proxy(client, {
      get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
    }),
    /** What has been consumed since this was asked last. */
    take(): Consumed {
      const taken = consumed;
      consumed = { read: 0, written: 0 };
      return taken;
    },
  };
}
