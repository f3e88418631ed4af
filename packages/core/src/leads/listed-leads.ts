import type { ListedKind } from "../lists/listed-kind.ts";
import { leadFields } from "./fields.ts";

/** How leads are listed. */
export const listedLeads: ListedKind = {
  entity: "lead",
  fields: leadFields,
  lanes: { owner: "ownerId", team: "teamId" },
  orders: { updatedAt: "updated" },
};
