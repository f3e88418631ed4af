import * as z from "zod";
import { idOf, PageQuery } from "./primitives.ts";

/** How long a deleted record can be restored. */
export const restorableDays = 30;

/** At most one of `owner` and `team`: whose the records were when they were deleted. */
export const DeletedQuery = z
  .strictObject({ ...PageQuery, owner: idOf("user").optional(), team: idOf("team").optional() })
  .refine((query) => !(query.owner && query.team), "give owner or team, not both");
export type DeletedQuery = z.infer<typeof DeletedQuery>;

/** Nothing is asked for beside the record itself. */
export const Restoration = z.strictObject({});
