import * as z from "zod";
import { ConditionParameter } from "./condition.ts";
import type { ErrorCode } from "./error-codes.ts";
import { idOf, PageQuery } from "./primitives.ts";

/** Field that a list is sorted by; `-` before it turns the order round. Records without a value come last. */
export const SortParameter = z
  .string()
  .regex(/^-?[A-Za-z]{1,60}$/, "must be the name of a field, with - before it for the opposite order")
  .meta({ description: "Field to sort by, `-` before it for the opposite order", example: "-amountMinor" });

const fieldName = z.string().regex(/^[A-Za-z]{1,60}$/, "must be the name of a field");
export const FieldNames = z.array(fieldName).min(1).max(50);

/** What every list of records that have owners can be asked. */
export const ListQuery = {
  ...PageQuery,
  filter: ConditionParameter.optional().meta({
    description: 'A `Condition` as JSON text, such as `{"field":"ownerId","eq":"me"}`',
    contentMediaType: "application/json",
  }),
  sort: SortParameter.optional(),
  fields: z
    .string()
    .max(1_000)
    .transform((names) => names.split(","))
    .pipe(FieldNames)
    .optional()
    .meta({ description: "Names of fields with commas between them: the records have these and their ids only" }),
  view: idOf("view")
    .optional()
    .meta({ description: "A saved view: its filter holds besides, its sort and fields unless others are given" }),
};

export const listErrors = ["invalid_cursor", "query_too_expensive", "unknown_reference"] as const satisfies ErrorCode[];
