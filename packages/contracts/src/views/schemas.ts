import * as z from "zod";
import { OwnedEntity } from "../access/schemas.ts";
import { BoundedCondition, Condition } from "../kit/condition.ts";
import { FieldNames, SortParameter } from "../kit/list-query.ts";
import { idOf, Line, PageQuery, pageOf, recordFields } from "../kit/primitives.ts";

/** Who else may use a view: nobody, the team of its owner, or all. */
export const Sharing = z.enum(["nobody", "team", "all"]);
export type Sharing = z.infer<typeof Sharing>;

/** A list that someone has saved: which records, in which order, with which fields. What is relative in it holds for its reader. */
export const View = z.object({
  id: idOf("view"),
  entity: OwnedEntity,
  name: z.string(),
  filter: Condition.optional(),
  sort: z.string().optional(),
  fields: z.array(z.string()).optional().meta({ description: "Fields to show, in this order" }),
  sharedWith: Sharing,
  ownerId: z.string().meta({ description: "Who made it; besides, admins may change it" }),
  ownerTeamId: idOf("team").optional().meta({ description: "The owner's team when the owner last saved it" }),
  restricted: z
    .boolean()
    .optional()
    .meta({ description: "True when it selects by fields that the reader may not see; these parts are left out" }),
  ...recordFields,
});
export type View = z.infer<typeof View>;

export const NewView = z.strictObject({
  entity: OwnedEntity,
  name: Line(120),
  filter: BoundedCondition.optional(),
  sort: SortParameter.optional(),
  fields: FieldNames.optional(),
  sharedWith: Sharing.default("nobody"),
});
export type NewView = z.infer<typeof NewView>;

/** A `null` clears. */
export const ViewPatch = z.strictObject({
  name: Line(120).optional(),
  filter: BoundedCondition.nullable().optional(),
  sort: SortParameter.nullable().optional(),
  fields: FieldNames.nullable().optional(),
  sharedWith: Sharing.optional(),
});
export type ViewPatch = z.infer<typeof ViewPatch>;

export const ViewPage = pageOf(View);

export const ViewQuery = z.strictObject({ ...PageQuery, entity: OwnedEntity.optional() });
