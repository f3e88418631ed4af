import type { Contact } from "@shangji/contracts/contacts/schemas";
import { presentAccount } from "../accounts/present-account.ts";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import type { ContactDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value`, `duplicate` */
export function restoreContact(
  input: ChangeTarget,
  { contacts, accounts, duplicates, context }: Pick<ContactDeps, "contacts" | "accounts" | "duplicates" | "context">,
): Promise<Stored<Contact>> {
  return restoreRecord<Contact>(input, "restoreContact", {
    records: contacts,
    context,
    async fields(before) {
      const { marks } = await checkDuplicates(
        { entity: "contact", after: before },
        { ...duplicates, records: contacts },
      );
      return { accountId: await presentAccount(before.accountId, accounts), ...marksPatch(marks, before) };
    },
  });
}
