import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { CatalogueOf } from "../conditions/field.ts";
import { ownedFields } from "../kit/record-fields.ts";

const statuses = ["open", "won", "lost"] as const satisfies Opportunity["status"][];

/** When an opportunity came into the stage that it is in now. */
function stageEnteredAt(record: Readonly<Record<string, unknown>>): string | undefined {
  return (record as Partial<Opportunity>).history?.at(-1)?.enteredAt; // the fields below are those of opportunities
}

/** The fields of opportunities, and how long they have been in their stage beside them. */
export const opportunityFields = {
  ...ownedFields,
  name: { kind: "text" },
  accountId: { kind: "token" },
  productIds: { kind: "tokens" },
  pipelineId: { kind: "token" },
  pipelineVersion: { kind: "number" },
  stageId: { kind: "token" },
  status: { kind: "token", values: statuses },
  amountMinor: { kind: "money", money: { currency: "currency", base: "baseAmountMinor" } },
  currency: { kind: "token" },
  baseAmountMinor: { kind: "money" },
  expectedCloseDate: { kind: "date" },
  source: { kind: "text" },
  industry: { kind: "text" },
  openedAt: { kind: "instant" },
  closedAt: { kind: "instant" },
  firstClosedAt: { kind: "instant" },
  lostReason: { kind: "text" },
  history: { kind: "opaque" },
  stageEnteredAt: { kind: "instant", derive: stageEnteredAt },
} as const satisfies CatalogueOf<Opportunity> & { stageEnteredAt: unknown };
