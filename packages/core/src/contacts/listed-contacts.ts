import type { ListedKind } from "../lists/listed-kind.ts";
import { contactFields } from "./fields.ts";

/** How contacts are listed. */
export const listedContacts: ListedKind = {
  entity: "contact",
  fields: contactFields,
  lanes: { account: "accountId", owner: "ownerId", team: "teamId" },
  orders: { updatedAt: "updated" },
};
