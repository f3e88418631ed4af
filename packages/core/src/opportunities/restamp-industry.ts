import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { DomainError } from "../kit/domain-error.ts";
import type { ListPosition, Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { OpportunityDeps } from "./ports.ts";

type Deps = Pick<OpportunityDeps, "opportunities" | "accounts" | "context">;

/** A record that is written while the lane is read moves to its front; a pass that writes nothing proves the end. */
const maximumPasses = 5;
const maximumAttempts = 5;
const atOnce = 8;

/**
 * Gives all opportunities of an account the account's industry of now. Repeating it changes nothing.
 * @throws DomainError `conflict` when others keep writing the same records; doing it again later is safe.
 */
export async function restampIndustry({ accountId }: { accountId: string }, deps: Deps): Promise<number> {
  const account = await deps.accounts.get(accountId);
  if (!account) return 0;
  let changed = 0;
  for (let pass = 1; pass <= maximumPasses; pass++) {
    const stale = (await readAll(accountId, deps)).filter((record) => record.industry !== account.industry);
    let written = 0;
    for (let start = 0; start < stale.length; start += atOnce) {
      const group = stale.slice(start, start + atOnce);
      const done = await Promise.all(group.map((record) => restamp(record, account.industry, deps)));
      written += done.filter(Boolean).length;
    }
    if (written === 0) return changed;
    changed += written;
  }
  throw new DomainError("conflict", "Others keep changing the opportunities of this account.");
}

async function readAll(accountId: string, { opportunities }: Deps): Promise<Stored<Opportunity>[]> {
  const records: Stored<Opportunity>[] = [];
  let after: ListPosition | undefined;
  do {
    const page = await opportunities.list({ by: "account", id: accountId }, { limit: 200, after });
    records.push(...page.items);
    after = page.next;
  } while (after);
  return records;
}

async function restamp(listed: Stored<Opportunity>, industry: string | undefined, deps: Deps): Promise<boolean> {
  const stamp = { context: deps.context, command: "restampIndustry" };
  let before: Stored<Opportunity> | undefined = listed;
  for (let attempt = 1; ; attempt++) {
    // Deleted, moved to another account, or stamped already.
    if (!before || before.accountId !== listed.accountId || before.industry === industry) return false;
    try {
      await deps.opportunities.update(before, revise(before, { industry: industry ?? null }, stamp));
      return true;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "conflict" || attempt === maximumAttempts) throw error;
      before = await deps.opportunities.get(listed.id);
    }
  }
}
