import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { tableSetting } from "../constructs/settings.ts";
import { StreamConsumer } from "../constructs/stream-consumer.ts";

/** Timeline entries are written in batches; the same entry has the same key. */
const publisherAccess: TableAccess = { actions: ["BatchWriteItem"] };

/** Turns what is written into events on the bus and entries on timelines. */
export class EventsDomain extends Construct {
  constructor(scope: Construct, platform: Platform) {
    super(scope, "Events");
    const publisher = new HouseFunction(this, "Publisher", {
      platform,
      entry: "functions/events/publisher.ts",
      description: "Publishes events and timeline entries of every write",
      timeoutSeconds: 60,
      environment: {
        ...tableSetting(platform),
        [env.busName]: platform.bus.eventBusName,
        [env.customer]: platform.customer.customer,
      },
    });
    grantTable(publisher, platform, publisherAccess);
    publisher.grant(["events:PutEvents"], [platform.bus.eventBusArn]);
    new StreamConsumer(this, "Changes", {
      platform,
      fn: publisher,
      kinds: ["opportunity", "account", "contact", "product", "pipeline", "user", "team", "note", "import"],
      batchSize: 100,
      parallelBatches: 2,
      delayImpact: "Events and timelines are more than a minute behind.",
      lossImpact: "Some changes have led to no event and no timeline entry.",
      lossRunbook: "events-failed",
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [publisher],
      impact: "Changes lead to no events: timelines stand still and follow-up work does not start.",
    });
  }
}
