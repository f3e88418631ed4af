import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import { bury } from "../kit/revise.ts";
import { assertNotPooled } from "./assert-not-pooled.ts";
import type { AccountDeps } from "./ports.ts";

/** Contacts and opportunities keep naming the account. @throws DomainError `not_found`, `stale_version`, `pooled`, `conflict` */
export async function deleteAccount(
  input: ChangeTarget,
  deps: Pick<AccountDeps, "accounts" | "context">,
): Promise<void> {
  const before = await readForChange(deps.accounts, input);
  assertNotPooled(before);
  await deps.accounts.remove(before, bury(before, deps.context, "deleteAccount"));
}
