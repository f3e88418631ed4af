import { unknownReference } from "../kit/domain-error.ts";
import type { Accounts } from "./ports.ts";

/** Checks the account that a request names; none and `null` are fine. @throws DomainError `unknown_reference` */
export async function assertAccountExists(accountId: string | null | undefined, accounts: Accounts): Promise<void> {
  if (accountId && !(await accounts.get(accountId))) throw unknownReference("/body/accountId", accountId);
}
