import type { Access } from "@shangji/contracts";
import type { Role } from "@shangji/contracts/kit/primitives";

type Actions = readonly Access["action"][];
const all: Actions = ["read", "create", "update", "delete"];
const read: Actions = ["read"];
const write: Actions = ["read", "create", "update"];
const none: Actions = [];

/** What each role may do with each kind of record. Deny by default: what is not listed is refused. */
export const policy: Readonly<Record<Access["entity"], Readonly<Record<Role, Actions>>>> = {
  user: { admin: all, manager: read, rep: read, analyst: read, integration: read },
  team: { admin: all, manager: read, rep: read, analyst: read, integration: read },
  account: { admin: all, manager: all, rep: write, analyst: read, integration: write },
  contact: { admin: all, manager: all, rep: write, analyst: read, integration: write },
  product: { admin: all, manager: write, rep: read, analyst: read, integration: read },
  pipeline: { admin: all, manager: read, rep: read, analyst: read, integration: read },
  opportunity: { admin: all, manager: all, rep: write, analyst: read, integration: write },
  note: { admin: all, manager: all, rep: all, analyst: read, integration: write },
  import: { admin: all, manager: write, rep: none, analyst: none, integration: write },
  organization: { admin: all, manager: read, rep: read, analyst: read, integration: read },
  audit: { admin: read, manager: none, rep: none, analyst: none, integration: none },
  analytics: { admin: read, manager: read, rep: read, analyst: read, integration: read },
};

export function mayDo(role: Role, { entity, action }: Access): boolean {
  return policy[entity][role].includes(action);
}
