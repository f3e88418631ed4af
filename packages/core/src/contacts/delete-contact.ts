import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import { bury } from "../kit/revise.ts";
import type { ContactDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict` */
export async function deleteContact(
  input: ChangeTarget,
  deps: Pick<ContactDeps, "contacts" | "context">,
): Promise<void> {
  const before = await readForChange(deps.contacts, input);
  await deps.contacts.remove(before, bury(before, deps.context, "deleteContact"));
}
