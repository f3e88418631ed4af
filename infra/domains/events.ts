import { subjectKeyPrefix } from "@shangji/aws/dynamo/protection/subject-keys";
import { decisionKind } from "@shangji/contracts/assignment/decision-kind";
import { clockKind } from "@shangji/contracts/assignment/lead-response";
import { auditedKinds } from "@shangji/contracts/audit/schemas";
import { idPrefixes, ownedEntities } from "@shangji/contracts/kit/entities";
import { countdownKinds } from "@shangji/contracts/recycling/countdown";
import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantAudit, grantPartitions } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { auditWriterSettings, tableSetting } from "../constructs/settings.ts";
import { StreamConsumer } from "../constructs/stream-consumer.ts";

/** Timeline entries are inserted into the partitions of their records, and the same entry has the same key. */
const withTimeline = ownedEntities.map((entity) => `${idPrefixes[entity]}_`);

/** Turns what is written into events on the bus and entries on timelines and on the audit trail. */
export class EventsDomain extends Construct {
  constructor(scope: Construct, platform: Platform) {
    super(scope, "Events");
    const publisher = new HouseFunction(this, "Publisher", {
      platform,
      entry: "functions/events/publisher.ts",
      description: "Publishes events, timeline and audit entries of every write",
      timeoutSeconds: 60,
      environment: {
        ...tableSetting(platform),
        ...auditWriterSettings(platform),
        [env.busName]: platform.bus.eventBusName,
        [env.customer]: platform.customer.customer,
      },
    });
    // A person's values are sealed in the trail, with a key that is made when the first of them comes.
    grantPartitions(publisher, platform, { actions: ["BatchGetItem"], prefixes: [subjectKeyPrefix] });
    grantPartitions(publisher, platform, { actions: ["PartiQLInsert"], prefixes: [subjectKeyPrefix, ...withTimeline] });
    grantAudit(publisher, platform, "append");
    publisher.grant(["events:PutEvents"], [platform.bus.eventBusArn]);
    new StreamConsumer(this, "Changes", {
      platform,
      fn: publisher,
      kinds: [...auditedKinds, decisionKind, clockKind, ...Object.values(countdownKinds)],
      batchSize: 100,
      parallelBatches: 2,
      delayImpact: "Events, timelines and the audit trail are more than a minute behind.",
      lossImpact: "Some changes have led to no event, no timeline entry or no audit entry.",
      lossRunbook: "events-failed",
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [publisher],
      impact: "Changes lead to no events: timelines stand still and follow-up work does not start.",
    });
  }
}
