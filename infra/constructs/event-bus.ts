import { Duration } from "aws-cdk-lib";
import { Archive, EventBus, type IEventBus } from "aws-cdk-lib/aws-events";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Customer } from "../customer.ts";
import { archiveName, busName } from "./names.ts";

/** The bus on which every change is told, under the customer's key, with an archive for as long as the customer wants. */
export class CrmBus extends Construct {
  readonly bus: IEventBus;

  constructor(scope: Construct, id: string, { customer, key }: { customer: Customer; key: IKey }) {
    super(scope, id);
    // The class and its interface differ in how they write an optional property, no more.
    this.bus = new EventBus(this, "Bus", { eventBusName: busName(customer), kmsKey: key }) as IEventBus;
    const days = customer.features.eventArchiveDays;
    if (days > 0) {
      new Archive(this, "Archive", {
        archiveName: archiveName(customer),
        sourceEventBus: this.bus,
        eventPattern: { source: ["shangji"] },
        retention: Duration.days(days),
        kmsKey: key,
      });
    }
  }
}
