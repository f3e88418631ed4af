import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Contacts } from "../contacts/ports.ts";
import type { DuplicateCheck } from "../duplicates/check-duplicates.ts";
import type { MatchStore } from "../duplicates/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { GraveStore, LaneStore, PartStore, RecordStore } from "../kit/record.ts";
import type { Users } from "../people/ports.ts";

export interface Leads
  extends RecordStore<Lead>,
    PartStore<Lead>,
    LaneStore<Lead>,
    GraveStore<Lead>,
    MatchStore<Lead> {}

export interface LeadDeps {
  leads: Leads;
  /** Whoever is a contact already is shown beside the leads that are alike. */
  contacts: Pick<Contacts, "findMatches">;
  users: Users;
  duplicates: DuplicateCheck;
  context: CallContext;
}
