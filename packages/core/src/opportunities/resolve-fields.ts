import { unknownReference } from "../kit/domain-error.ts";
import { baseAmount } from "../organization/base-amount.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { OpportunityDeps } from "./ports.ts";

/** Fields of an opportunity that follow from others or refer to other records. */
interface ReferringFields {
  ownerId?: string | null | undefined;
  accountId?: string | null | undefined;
  productIds?: readonly string[] | undefined;
  amountMinor?: number | undefined;
  currency?: string | undefined;
}

/**
 * Checks every reference in `fields` and answers what must change with them: the team with the owner, the industry with
 * the account, the base amount with the amount or its currency. `null` clears.
 * @throws DomainError `unknown_reference`, `currency_without_rate`
 */
export async function resolveFields(
  fields: ReferringFields,
  current: { amountMinor: number; currency: string },
  deps: Pick<OpportunityDeps, "accounts" | "products" | "users" | "rates" | "settings">,
): Promise<Record<string, unknown>> {
  const [owner, account, base] = await Promise.all([
    ownershipChange(fields.ownerId, deps.users),
    accountFields(fields.accountId, deps),
    amountFields(fields, current, deps),
    assertProductsExist(fields.productIds ?? [], deps),
  ]);
  return { ...owner, ...account, ...base };
}

async function accountFields(accountId: ReferringFields["accountId"], deps: Pick<OpportunityDeps, "accounts">) {
  if (accountId === undefined) return {};
  if (accountId === null) return { industry: null };
  const account = await deps.accounts.get(accountId);
  if (!account) throw unknownReference("/body/accountId", accountId);
  return { industry: account.industry ?? null };
}

async function amountFields(
  { amountMinor, currency }: ReferringFields,
  current: { amountMinor: number; currency: string },
  deps: Pick<OpportunityDeps, "rates" | "settings">,
) {
  if (amountMinor === undefined && currency === undefined) return {};
  return { baseAmountMinor: await baseAmount(amountMinor ?? current.amountMinor, currency ?? current.currency, deps) };
}

async function assertProductsExist(productIds: readonly string[], { products }: Pick<OpportunityDeps, "products">) {
  const found = await Promise.all(productIds.map((id) => products.cached(id)));
  const missing = found.findIndex((product) => !product);
  if (missing >= 0) throw unknownReference(`/body/productIds/${missing}`, productIds[missing] ?? "");
}
