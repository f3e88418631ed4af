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
  lead: everything,
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
  lead: reading,
  note: reading,
  import: nothing,
  organization: reading,
  analytics: reading,
  policy: nothing,
  audit: nothing,
};

/** Customers are known to the whole organisation, whoever works with them; deals and leads to those who work on them and who lead them. */
const sellers = { read: "all", create: "team", update: "team", delete: "none" } as const;
const leaders = { read: "all", create: "subordinates", update: "subordinates", delete: "subordinates" } as const;

const closers = { read: "team", create: "own", update: "own", delete: "none" } as const;
const chiefs = {
  read: "subordinates",
  create: "subordinates",
  update: "subordinates",
  delete: "subordinates",
} as const;

/** Everyone arranges the own working hours, leave and language. */
const self = { ...reading, update: "own" } as const;

/**
 * Rules as an organisation has them, with the product's own for kinds of records that are younger than its policy: what was
 * not decided about must neither be open to all nor stop everything else.
 */
export function withEveryKind<T extends AccessRules>(rules: T): T {
  const { admin, manager, rep, analyst, integration } = rules.roles;
  const own = defaultRules.roles;
  return {
    ...rules,
    roles: {
      admin: { ...own.admin, ...admin },
      manager: { ...own.manager, ...manager },
      rep: { ...own.rep, ...rep },
      analyst: { ...own.analyst, ...analyst },
      integration: { ...own.integration, ...integration },
    },
  };
}

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
      opportunity: chiefs,
      lead: chiefs,
      note: everything,
      import: writing,
    },
    rep: {
      ...reader,
      user: self,
      account: sellers,
      contact: sellers,
      opportunity: closers,
      lead: closers,
      note: { read: "all", create: "all", update: "own", delete: "own" },
    },
    analyst: { ...reader, user: self },
    integration: {
      ...reader,
      account: writing,
      contact: writing,
      opportunity: writing,
      lead: writing,
      note: { read: "all", create: "all", update: "own", delete: "none" },
      import: writing,
    },
  },
};
