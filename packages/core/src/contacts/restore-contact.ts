import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import type { ContactDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value` */
export function restoreContact(
  input: ChangeTarget,
  { contacts, context }: Pick<ContactDeps, "contacts" | "context">,
): Promise<Stored<Contact>> {
  return restoreRecord<Contact>(input, "restoreContact", { records: contacts, context });
}
