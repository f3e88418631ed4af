import * as z from "zod";
import { CurrencyCode, ExternalSource, idOf, Line, PageQuery, pageOf, recordFields } from "../kit/primitives.ts";

export const ImportEntity = z.enum(["accounts", "contacts", "products", "users", "opportunities", "leads"]);
export type ImportEntity = z.infer<typeof ImportEntity>;

export const ImportStatus = z.enum(["awaiting_upload", "running", "completed", "failed"]);

const replacements = z
  .record(z.string().max(400), z.string().max(400))
  .optional()
  .meta({ description: "Exact replacements of cells, after trimming" });

/** A field of the entity that a column feeds. */
export const FieldTarget = z.strictObject({
  field: Line(120),
  values: replacements,
  default: z.string().max(400).optional().meta({ description: "Value of an empty cell" }),
});
export type FieldTarget = z.infer<typeof FieldTarget>;

/** Where a column goes: one field or several, with replacements for known wrong values. `null` leaves the column out. */
export const ColumnMapping = z.union([Line(120), FieldTarget, z.array(FieldTarget).min(1).max(5), z.null()]);
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** Which column of the file goes to which field, and fields that have the same value in every row. */
export const ImportMapping = z.strictObject({
  columns: z
    .record(z.string().min(1).max(200), ColumnMapping)
    .meta({ description: "By the column's name in the header; columns that are not named here are left out" }),
  constants: z.record(z.string().max(120), z.string().max(400)).default({}),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

export const ImportOptions = z.strictObject({
  dateFormat: z.enum(["iso", "us"]).default("iso").meta({ description: "iso: 2026-11-25; us: 11/25/2026" }),
  encoding: z.enum(["auto", "utf-8", "gb18030"]).default("auto"),
  delimiter: z.enum([",", ";", "\t"]).default(","),
  currency: CurrencyCode.optional().meta({
    description: "Currency of amounts without one; default: the base currency",
  }),
  externalIdSource: ExternalSource.default("import").meta({
    description: "Names the system that external ids come from",
  }),
  onExisting: z.enum(["update", "skip"]).default("update"),
  createMissing: z
    .array(z.enum(["teams", "managers"]))
    .max(2)
    .default(["teams", "managers"]),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

export const NewImport = z.strictObject({
  entity: ImportEntity,
  mapping: ImportMapping.optional().meta({ description: "Default: columns named like fields" }),
  dryRun: z.boolean().default(false),
  options: ImportOptions.optional(),
});
export type NewImport = z.infer<typeof NewImport>;

export const ImportCounts = z.object({
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  failed: z.int(),
  duplicates: z.int().default(0).meta({
    description: "Rows that look like another record: created or updated all the same, or failed, by the policy",
  }),
});

export const Import = z.object({
  id: idOf("import"),
  entity: ImportEntity,
  status: ImportStatus,
  dryRun: z.boolean(),
  uploadUrl: z
    .string()
    .optional()
    .meta({ description: "PUT the CSV here; only in the answer that creates the import" }),
  uploadHeaders: z.record(z.string(), z.string()).optional(),
  counts: ImportCounts,
  totalRows: z.int().optional().meta({ description: "Known once the file has been read through" }),
  rowsPerSecond: z.number().optional(),
  errorsUrl: z.string().optional().meta({
    description:
      "CSV of the failed rows with reasons, among them `forbidden`, `duplicate_value` and `field_not_allowed` for what the sender may not write; present when there are any, for whoever sent the file and for admins",
  }),
  problem: z.string().optional().meta({ description: "Why the whole import failed" }),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  createdBy: z.string(),
  ...recordFields,
});
export type Import = z.infer<typeof Import>;

export const ImportPage = pageOf(Import);
export const ImportQuery = z.strictObject(PageQuery);
