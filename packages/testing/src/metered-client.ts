import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

interface Capacity {
  CapacityUnits?: number;
}

/** What was read and asked since the meter began, or was last reset. */
export interface Meter {
  client: DynamoDBDocumentClient;
  units(): number;
  requests(): number;
  reset(): void;
}

/** A client that adds up the capacity units of its requests. */
export function meteredClient(client: DynamoDBDocumentClient): Meter {
  let [units, requests] = [0, 0];
  const send = async (...[command, ...rest]: Parameters<DynamoDBDocumentClient["send"]>) => {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    const answer = await client.send(command, ...rest);
    const { ConsumedCapacity = [] } = answer as unknown as { ConsumedCapacity?: Capacity | Capacity[] }; // every answer may tell it
    requests += 1;
    for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) units += CapacityUnits;
    return answer;
  };
  return {
    client: new Proxy(client, {
      get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
    }),
    units: () => units,
    requests: () => requests,
    reset() {
      [units, requests] = [0, 0];
    },
  };
}
