import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { Accounts } from "../accounts/ports.ts";
import type { DuplicateCheck } from "../duplicates/check-duplicates.ts";
import type { MatchStore } from "../duplicates/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { GraveStore, LaneStore, PartStore, RecordStore } from "../kit/record.ts";
import type { Users } from "../people/ports.ts";

export interface Contacts
  extends RecordStore<Contact>,
    PartStore<Contact>,
    LaneStore<Contact>,
    GraveStore<Contact>,
    MatchStore<Contact> {}

export interface ContactDeps {
  contacts: Contacts;
  accounts: Accounts;
  users: Users;
  duplicates: DuplicateCheck;
  context: CallContext;
}
