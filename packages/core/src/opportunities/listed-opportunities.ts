import type { ListedKind } from "../lists/listed-kind.ts";
import { opportunityFields } from "./fields.ts";

/** How opportunities are listed. */
export const listedOpportunities: ListedKind = {
  entity: "opportunity",
  fields: opportunityFields,
  lanes: { account: "accountId", owner: "ownerId", stage: "stageId", team: "teamId" },
  orders: { updatedAt: "updated", expectedCloseDate: "closing", amountMinor: "amount", baseAmountMinor: "amount" },
};
