import type { ApiKey } from "@shangji/contracts/service-accounts/schemas";
import { found } from "../kit/domain-error.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import type { ApiKeys, KeyUses, ServiceAccounts } from "./ports.ts";
import { shownKey } from "./shown-key.ts";

/** Keys of a service account with their last uses, without their secrets. @throws DomainError `not_found` */
export async function listApiKeys(
  { id, ...page }: PageRequest & { id: string },
  deps: { serviceAccounts: ServiceAccounts; keys: ApiKeys; uses: Pick<KeyUses, "lastUses"> },
): Promise<Page<ApiKey>> {
  const [{ items, next }] = await Promise.all([deps.keys.list(id, page), found(deps.serviceAccounts.get(id))]);
  const uses = await deps.uses.lastUses(items.map((key) => key.id));
  const shown = items.map((key) => shownKey(key, uses.get(key.id)));
  return next ? { items: shown, next } : { items: shown };
}
