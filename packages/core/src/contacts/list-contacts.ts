import type { Contact } from "@shangji/contracts/contacts/schemas";
import { laneOf } from "../kit/lane.ts";
import type { ListPosition, Page, Stored } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { Contacts } from "./ports.ts";

/** One lane of contacts, latest change first. */
export async function listContacts(
  input: {
    query: { owner?: string | undefined; team?: string | undefined; account?: string | undefined; limit: number };
    after?: ListPosition | undefined;
  },
  deps: { contacts: Contacts; teams: Teams },
): Promise<Page<Stored<Contact>>> {
  const lane = await laneOf(input.query, deps.teams);
  return deps.contacts.list(lane, { limit: input.query.limit, after: input.after });
}
