import type { Clock } from "@shangji/core/kit/context";
import { belongingsOf } from "@shangji/core/people/belongings";
import type { Belongings } from "@shangji/core/people/ports";
import { accountsIn } from "../accounts/accounts.ts";
import { contactsIn } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { leadsIn } from "../leads/leads.ts";
import { opportunitiesIn } from "../opportunities/opportunities.ts";
import { teamsIn } from "./teams.ts";

/** What people own and lead, whoever may read it. */
export function allBelongingsIn(table: Table, clock: Clock): Belongings {
  return belongingsOf({
    account: accountsIn(table),
    contact: contactsIn(table),
    opportunity: opportunitiesIn(table),
    lead: leadsIn(table),
    teams: teamsIn(table, clock),
  });
}
