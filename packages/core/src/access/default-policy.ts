import type { AccessRules, Grants } from "@shangji/contracts/access/schemas";

const everything = { read: "all", create: "all", update: "all", delete: "all" } as const;
const nothing = { read: "none", create: "none", update: "none", delete: "none" } as const;
const reading = { ...nothing, read: "all" } as const;
const writing = { ...everything, delete: "none" } as const;

const admin: Grants = {
  user: everything,
  team: everything,
  account: everything,
  contact: everything,
  product: everything,
  pipeline: everything,
  opportunity: everything,
  note: everything,
  import: everything,
  organization: everything,
  analytics: everything,
  policy: everything,
  audit: everything,
};

const reader: Grants = {
  user: reading,
  team: reading,
  account: reading,
  contact: reading,
  product: reading,
  pipeline: reading,
  opportunity: reading,
  note: reading,
  import: nothing,
  organization: reading,
  analytics: reading,
  policy: nothing,
  audit: nothing,
};

/** Customers are known to the whole organisation, whoever works with them; deals to those who work on them and who lead them. */
const sellers = { read: "all", create: "team", update: "team", delete: "none" } as const;
const leaders = { read: "all", create: "subordinates", update: "subordinates", delete: "subordinates" } as const;

/** Everyone arranges the own working hours, leave and language. */
const self = { ...reading, update: "own" } as const;

/** What holds as long as an admin has not decided otherwise. Deny by default: what is not granted is refused. */
export const defaultRules: AccessRules = {
  roles: {
    admin,
    manager: {
      ...reader,
      user: { ...reading, update: "subordinates" },
      account: leaders,
      contact: leaders,
      product: writing,
      opportunity: { read: "subordinates", create: "subordinates", update: "subordinates", delete: "subordinates" },
      note: everything,
      import: writing,
    },
    rep: {
      ...reader,
      user: self,
      account: sellers,
      contact: sellers,
      opportunity: { read: "team", create: "own", update: "own", delete: "none" },
      note: { read: "all", create: "all", update: "own", delete: "own" },
    },
    analyst: { ...reader, user: self },
    integration: {
      ...reader,
      account: writing,
      contact: writing,
      opportunity: writing,
      note: { read: "all", create: "all", update: "own", delete: "none" },
      import: writing,
    },
  },
};
