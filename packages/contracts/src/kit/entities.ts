// Without zod: the authoriser and the consumers of the stream need it, and load no schemas.

/** Prefixes of record ids, by entity. An id is the prefix, an underscore and a 26-character ULID. */
export const idPrefixes = {
  user: "usr",
  team: "team",
  account: "acc",
  contact: "con",
  product: "prd",
  pipeline: "pip",
  opportunity: "opp",
  note: "note",
  import: "imp",
  serviceAccount: "svc",
  apiKey: "sk",
  dataSubjectRequest: "dsr",
  merge: "mrg",
  deactivation: "dea",
  view: "view",
  export: "exp",
  lead: "lead",
  form: "form",
  notification: "ntf",
  pool: "pool",
} as const;

export type Entity = keyof typeof idPrefixes;

/** Pattern of the ids of one kind of record. */
export function idPattern(entity: Entity): RegExp {
  return new RegExp(`^${idPrefixes[entity]}_[0-9A-HJKMNP-TV-Z]{26}$`);
}

/** Records that belong to an owner and a team. */
export const ownedEntities = ["account", "contact", "opportunity", "lead"] as const satisfies Entity[];
