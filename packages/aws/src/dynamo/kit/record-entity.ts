import { Entity, type Schema } from "electrodb";
import type { Table } from "./client.ts";
import { entityVersion, type RecordAttributes, type RecordShape } from "./record-store.ts";

const common: RecordAttributes = {
  id: "string",
  kind: "string",
  version: "number",
  createdAt: "string",
  updatedAt: "string",
  deletedAt: "string",
  change: "any",
  seal: "string",
  erasure: "string",
  ttl: "number",
};

/** Indexes by natural attributes; a record stands in an index when it has all of its attributes. */
const lanes = {
  byOwner: { index: "gsi1", attribute: "ownerId" },
  byTeam: { index: "gsi2", attribute: "teamId" },
  byStage: { index: "gsi3", attribute: "stageId" },
  byAccount: { index: "gsi4", attribute: "accountId" },
} as const;

/** The electrodb entity of a kind of record, for scripts; functions build the same items without it. */
export function recordEntity<T>({ client, name }: Table, shape: RecordShape<T>): RecordEntity {
  const all: RecordAttributes = { ...common, ...shape.attributes };
  const indexes: Record<string, unknown> = { record: keyOf(shape) };
  for (const [access, lane] of Object.entries(lanes)) {
    if (shape.key === "directory" || !(lane.attribute in all)) continue;
    indexes[access] = {
      index: lane.index,
      type: "composite",
      pk: { composite: [lane.attribute, "kind"] },
      sk: { composite: ["updatedAt"] },
    };
  }
  const schema = {
    model: { entity: shape.kind, service: "shangji", version: entityVersion },
    attributes: Object.fromEntries(Object.entries(all).map(([attribute, type]) => [attribute, { type }])),
    indexes,
  };
  // electrodb derives its types from literal schemas; this one is built from data, so its general face is named here.
  return new Entity(schema as unknown as Schema<string, string, string>, {
    client,
    table: name,
  }) as unknown as RecordEntity; // its general face, as above
}

/** The part of an electrodb entity that is used. */
export interface RecordEntity {
  /** The put of a new record. */
  create(item: Record<string, unknown>): { params(): { Item: Record<string, unknown> } };
  /** Every record, page by page. */
  scan: { go(options: ScanOptions): Promise<{ data: Record<string, unknown>[]; cursor: string | null }> };
}

interface ScanOptions {
  consistent: true;
  cursor: string | null;
}

function keyOf({ key, kind }: { key: "id" | "directory"; kind: string }) {
  const id = { composite: ["id"], template: `\${id}`, casing: "none" };
  const fixed = (template: string) => ({ composite: [], template, casing: "none" });
  return key === "id"
    ? { pk: { field: "pk", ...id }, sk: { field: "sk", ...fixed("record") } }
    : { pk: { field: "pk", ...fixed(`directory#${kind}`) }, sk: { field: "sk", ...id } };
}
