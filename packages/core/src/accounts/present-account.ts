import type { Accounts } from "./ports.ts";

/** The account that a record which comes back names: the one that its own was merged into meanwhile, else still its own. */
export async function presentAccount(
  accountId: string | undefined,
  accounts: Pick<Accounts, "survivorOf">,
): Promise<string | undefined> {
  return accountId === undefined ? undefined : ((await accounts.survivorOf(accountId)) ?? accountId);
}
