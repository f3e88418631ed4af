import type { Account } from "@shangji/contracts/accounts/schemas";
import { laneOf } from "../kit/lane.ts";
import type { ListPosition, Page, Stored } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { Accounts } from "./ports.ts";

/** One lane of accounts, latest change first. */
export async function listAccounts(
  input: {
    query: { owner?: string | undefined; team?: string | undefined; limit: number };
    after?: ListPosition | undefined;
  },
  deps: { accounts: Accounts; teams: Teams },
): Promise<Page<Stored<Account>>> {
  const lane = await laneOf(input.query, deps.teams);
  return deps.accounts.list(lane, { limit: input.query.limit, after: input.after });
}
