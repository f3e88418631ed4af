import * as z from "zod";
import { OwnedEntity } from "../access/schemas.ts";
import { BoundedCondition, Condition } from "../kit/condition.ts";
import { FieldNames } from "../kit/list-query.ts";
import { idOf, PageQuery, pageOf, recordFields } from "../kit/primitives.ts";

export const ExportFormat = z.enum(["csv", "ndjson"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportStatus = z.enum(["running", "completed", "failed"]);

/** Languages in which names of stages and pipelines are written. */
export const ExportLanguage = z.enum(["en", "zh-CN"]);

/** A list as a file: which records, how, and how far it is. */
export const Export = z.object({
  id: idOf("export"),
  entity: OwnedEntity,
  format: ExportFormat,
  filter: Condition.optional().meta({
    description:
      "What was asked for, with the filter of the view; of contacts and leads, once it is over, without values that may name somebody",
  }),
  view: idOf("view").optional().meta({ description: "The view as it was when the export was ordered" }),
  fields: z.array(z.string()).optional().meta({ description: "Default: every field that whoever asked may see" }),
  language: ExportLanguage,
  status: ExportStatus,
  rows: z.int().meta({ description: "Records in the file so far" }),
  bytes: z.int().optional().meta({ description: "Size of the finished file" }),
  downloadUrl: z.string().optional().meta({
    description: "The finished file; the link works for five minutes, each answer has a new one",
  }),
  expiresAt: z.string().optional().meta({ description: "When the file is removed" }),
  problem: z.string().optional().meta({ description: "Why the export failed" }),
  finishedAt: z.string().optional(),
  ownerId: z.string().meta({ description: "Who asked for it: a user or a service account" }),
  ...recordFields,
});
export type Export = z.infer<typeof Export>;

export const NewExport = z.strictObject({
  entity: OwnedEntity,
  format: ExportFormat,
  filter: BoundedCondition.optional(),
  view: idOf("view")
    .optional()
    .meta({ description: "A saved view: its filter holds besides, its fields unless others are given" }),
  fields: FieldNames.optional(),
  language: ExportLanguage.optional().meta({
    description: "Of the names of stages and pipelines; default: that of the answer",
  }),
});
export type NewExport = z.infer<typeof NewExport>;

export const ExportPage = pageOf(Export);
export const ExportQuery = z.strictObject(PageQuery);
