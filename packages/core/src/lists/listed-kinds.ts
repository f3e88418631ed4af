import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { listedAccounts } from "../accounts/listed-accounts.ts";
import { listedContacts } from "../contacts/listed-contacts.ts";
import { listedLeads } from "../leads/listed-leads.ts";
import { listedOpportunities } from "../opportunities/listed-opportunities.ts";
import type { ListedKind } from "./listed-kind.ts";

/** Every kind of record that can be listed. */
export const listedKinds: Readonly<Record<OwnedEntity, ListedKind>> = {
  account: listedAccounts,
  contact: listedContacts,
  opportunity: listedOpportunities,
  lead: listedLeads,
};
