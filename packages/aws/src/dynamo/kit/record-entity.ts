import { Entity, type Schema } from "electrodb";

/** The stored attributes of a kind of record, besides those that every record has. */
export type RecordAttributes = Record<string, "string" | "number" | "boolean" | "any">;

const common: RecordAttributes = {
  id: "string",
  kind: "string",
  version: "number",
  createdAt: "string",
  updatedAt: "string",
  deletedAt: "string",
  change: "any",
};

/** Indexes by natural attributes; a record stands in an index when it has all of its attributes. */
const lanes = {
  byOwner: { index: "gsi1", attribute: "ownerId" },
  byTeam: { index: "gsi2", attribute: "teamId" },
  byStage: { index: "gsi3", attribute: "stageId" },
  byAccount: { index: "gsi4", attribute: "accountId" },
} as const;

/**
 * The electrodb entity of a kind of record. `key: "id"` gives each record a partition of its own, which its notes and
 * markers share; `key: "directory"` keeps a small kind together, so that one query lists it.
 */
export function recordEntity(kind: string, attributes: RecordAttributes, key: "id" | "directory" = "id") {
  const all: RecordAttributes = { ...common, ...attributes };
  const indexes: Record<string, unknown> = { record: keyOf(key, kind) };
  for (const [name, lane] of Object.entries(lanes)) {
    if (key === "directory" || !(lane.attribute in all)) continue;
    indexes[name] = {
      index: lane.index,
      type: "composite",
      pk: { composite: ["kind", lane.attribute] },
      sk: { composite: ["updatedAt"] },
    };
  }
  const schema = {
    model: { entity: kind, service: "shangji", version: "1" },
    attributes: Object.fromEntries(Object.entries(all).map(([name, type]) => [name, { type }])),
    indexes,
  };
  // electrodb derives its types from literal schemas; this one is built from data, so its general face is named here.
  return new Entity(schema as unknown as Schema<string, string, string>) as unknown as RecordEntity;
}

/** The part of an electrodb entity that the stores use: it checks and builds the item of a new record. */
export interface RecordEntity {
  create(item: Record<string, unknown>): { params(options: { table: string }): PutParameters };
}

interface PutParameters {
  Item: Record<string, unknown>;
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
}

function keyOf(key: "id" | "directory", kind: string) {
  const id = { composite: ["id"], template: `\${id}`, casing: "none" };
  const fixed = (template: string) => ({ composite: [], template, casing: "none" });
  return key === "id"
    ? { pk: { field: "pk", ...id }, sk: { field: "sk", ...fixed("record") } }
    : { pk: { field: "pk", ...fixed(`directory#${kind}`) }, sk: { field: "sk", ...id } };
}

/** Key of a record's item, for batch reads and condition checks. */
export function recordKey(key: "id" | "directory", kind: string, id: string): { pk: string; sk: string } {
  return key === "id" ? { pk: id, sk: "record" } : { pk: `directory#${kind}`, sk: id };
}
