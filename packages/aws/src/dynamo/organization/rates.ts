import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import type { Rates, StoredRates } from "@shangji/core/organization/ports";
import type { Table } from "../kit/client.ts";
import { refusalOf } from "../kit/refusal.ts";

const key = { pk: "organization", sk: "rates" };
/** How the stream's readers know the item: as a record of its own kind. */
const mark = { id: "rates", __edb_e__: "organization" };
const freshMilliseconds = 30_000;

/** The currency rates: one item, GetItem 1 RCU, cached 30 s where age does not matter. */
export function ratesIn(table: Table, clock: Clock): Rates {
  let known: { at: number; rates: StoredRates | undefined } | undefined;
  async function get(): Promise<StoredRates | undefined> {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
    const rates = Item && ({ rates: Item.rates, version: Item.version, change: Item.change } as StoredRates); // only put writes it
    known = { at: clock.now().getTime(), rates };
    return rates;
  }
  return {
    get,
    async cached() {
      const age = known ? clock.now().getTime() - known.at : Number.POSITIVE_INFINITY;
      return known && age >= 0 && age < freshMilliseconds ? known.rates : get();
    },
    async put(rates, previousVersion) {
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: { ...key, ...mark, ...rates },
            ConditionExpression: previousVersion === 0 ? "attribute_not_exists(pk)" : "version = :previous",
            ...(previousVersion === 0 ? {} : { ExpressionAttributeValues: { ":previous": previousVersion } }),
          }),
        );
        known = undefined;
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}
