import * as z from "zod";
import { likelyDuplicates } from "../duplicates/schemas.ts";
import type { ownedEntities } from "./entities.ts";
import type { ErrorCode } from "./error-codes.ts";
import { ExternalId, idOf } from "./primitives.ts";
import { type Domain, defineRoute } from "./route.ts";

/** Most rows of one batch. */
export const mostBatchRows = 100;

/** As many requests of its caller's budget a batch counts as, however many rows it has. */
export const batchWeight = 10;

/** What a row of a batch may ask for; it names exactly one of them. */
export interface RowSchemas<C extends z.ZodType, F extends z.ZodType, U extends z.ZodType> {
  /** Fields of a new record. */
  create: C;
  /** Fields of a record that is there. */
  fields: F;
  /** Fields that a record gets by its external id, whether it is there or not. */
  upsertFields: U;
}

/** The body of every batch. Its rows are parsed one by one, so that a bad row stops no good one. */
export const BatchBody = z.strictObject({ rows: z.array(z.unknown()).min(1).max(mostBatchRows) });

/** A problem document, as the results of rows hold it. */
const RowProblem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string(),
});

export const RowResult = z.object({
  index: z.int().meta({ description: "Position of the row in the batch, from 0" }),
  status: z
    .int()
    .meta({ description: "As a single request would get it: 201 made, 200 changed or as it was, else refused" }),
  id: z.string().optional(),
  version: z.int().optional(),
  ...likelyDuplicates,
  problem: RowProblem.optional().meta({ description: "Why the row was refused; pointers lead into the batch" }),
});
export type RowResult = z.infer<typeof RowResult>;

export const BatchResult = z
  .object({ results: z.array(RowResult) })
  .meta({ description: "One result a row, in order" });

/**
 * Declares the batch of one kind of record: up to a hundred rows, each with an effect and a result of its own. The batch is
 * answered with 200 once its rows are judged. `or` lets in who may only change: each row is judged by what it asks for.
 */
export function defineBatch<C extends z.ZodType, F extends z.ZodType, U extends z.ZodType>(batch: {
  id: string;
  domain: Domain;
  entity: (typeof ownedEntities)[number] | "product";
  path: `/v1/${string}`;
  summary: string;
  rows: RowSchemas<C, F, U>;
  rowErrors: readonly ErrorCode[];
}) {
  const { id, domain, entity, path, summary, rowErrors } = batch;
  const { create, fields, upsertFields } = batch.rows;
  const version = z.int().positive();
  const rows = {
    create,
    update: z.strictObject({ id: idOf(entity), version, fields }),
    upsert: z.strictObject({
      externalId: ExternalId,
      version: version
        .optional()
        .meta({ description: "Refuses the row if the record has another version or is not there" }),
      fields: upsertFields,
    }),
  };
  const route = defineRoute({
    id,
    domain,
    method: "POST",
    path,
    summary,
    access: { entity, action: "create" },
    orAccess: { entity, action: "update" },
    body: BatchBody,
    status: 200,
    response: BatchResult,
    weight: batchWeight,
    rows,
    rowErrors,
    errors: [],
  });
  return { ...route, rows };
}
