import type { Account } from "@shangji/contracts/accounts/schemas";
import type { DuplicateCheck } from "../duplicates/check-duplicates.ts";
import type { MatchStore } from "../duplicates/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { GraveStore, LaneStore, PartStore, RecordStore } from "../kit/record.ts";
import type { Users } from "../people/ports.ts";

export interface Accounts
  extends RecordStore<Account>,
    PartStore<Account>,
    LaneStore<Account>,
    GraveStore<Account>,
    MatchStore<Account> {
  /** Ids of accounts by folded name; a name may have several. */
  findByName(foldedNames: readonly string[]): Promise<Map<string, string[]>>;
}

export interface AccountDeps {
  accounts: Accounts;
  users: Users;
  duplicates: DuplicateCheck;
  context: CallContext;
}
