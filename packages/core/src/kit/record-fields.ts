import type { Field } from "../conditions/field.ts";

/** What every record of an owner carries, in the catalogue of its fields. */
export const ownedFields = {
  id: { kind: "token" },
  ownerId: { kind: "user" },
  teamId: { kind: "team" },
  tags: { kind: "texts" },
  externalId: { kind: "opaque" },
  version: { kind: "number" },
  createdAt: { kind: "instant" },
  updatedAt: { kind: "instant" },
} as const satisfies Record<string, Field>;
