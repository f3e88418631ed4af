import type { ListedKind } from "../lists/listed-kind.ts";
import { accountFields } from "./fields.ts";

/** How accounts are listed. */
export const listedAccounts: ListedKind = {
  entity: "account",
  fields: accountFields,
  lanes: { owner: "ownerId", team: "teamId" },
  orders: { updatedAt: "updated" },
};
