import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Contacts } from "../contacts/ports.ts";
import type { DuplicateCheck } from "../duplicates/check-duplicates.ts";
import type { MatchStore } from "../duplicates/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { GraveStore, LaneStore, PartStore, RecordStore, Stored } from "../kit/record.ts";
import type { OpportunityDeps } from "../opportunities/ports.ts";
import type { Users } from "../people/ports.ts";

export interface Leads
  extends RecordStore<Lead>,
    PartStore<Lead>,
    LaneStore<Lead>,
    GraveStore<Lead>,
    MatchStore<Lead> {}

/** A record that a lead becomes: a new one, or one that is there and takes the lead in. */
export interface ConvertedRecord<K extends "account" | "contact" | "opportunity", T> {
  kind: K;
  before?: Stored<T>;
  after: Stored<T>;
}

export type ConvertedRecords = readonly (
  | ConvertedRecord<"account", Account>
  | ConvertedRecord<"contact", Contact>
  | ConvertedRecord<"opportunity", Opportunity>
)[];

export interface Conversions {
  /**
   * Writes a converted lead and all that it becomes in one transaction, with the claim if there is one.
   * @throws DomainError `conflict` when one of them is not what it was, `duplicate_value` or `duplicate` when a unique value is
   * taken, `idempotency_in_progress`
   */
  convert(
    lead: { before: Stored<Lead>; after: Stored<Lead> },
    records: ConvertedRecords,
    claim?: IdempotencyClaim,
  ): Promise<void>;
}

/** Stores are the caller's own. */
export interface ConversionDeps extends Omit<OpportunityDeps, "opportunities"> {
  leads: Leads;
  contacts: Contacts;
  conversions: Conversions;
  duplicates: DuplicateCheck;
  viewer: Viewer;
}

export interface LeadDeps {
  leads: Leads;
  /** Whoever is a contact already is shown beside the leads that are alike. */
  contacts: Pick<Contacts, "findMatches">;
  users: Users;
  duplicates: DuplicateCheck;
  context: CallContext;
}
