import * as z from "zod";
import { idOf, LocalizedText, PageQuery, pageOf, recordFields } from "../kit/primitives.ts";

export const StageType = z.enum(["open", "won", "lost"]);
export const ForecastCategory = z.enum(["omitted", "pipeline", "best_case", "commit", "closed"]);

/** Stage ids are unique in the whole organisation, so that a stage is an index key by itself. */
export const StageId = z.string().regex(/^stg_[0-9a-z]{10}$/, "must be a stage id");

export const Stage = z.object({
  id: StageId,
  name: LocalizedText,
  type: StageType,
  probability: z.int().min(0).max(100),
  forecastCategory: ForecastCategory,
});
export type Stage = z.infer<typeof Stage>;

const newStageFields = {
  name: LocalizedText,
  type: StageType,
  probability: z.int().min(0).max(100).optional(),
  forecastCategory: ForecastCategory.optional(),
};

/** Fields of an opportunity that a transition may require. */
export const RequirableField = z.enum([
  "accountId",
  "amountMinor",
  "expectedCloseDate",
  "productIds",
  "source",
  "ownerId",
]);

/** A legal move between two stages, by id, with what it asks for. */
export const Transition = z.object({
  from: StageId,
  to: StageId,
  requiredFields: z.array(RequirableField),
  requiresReason: z.boolean(),
});
export type Transition = z.infer<typeof Transition>;

/** In requests stages are named by their position (0-based), since new stages have no id yet. */
const newTransition = z.strictObject({
  from: z.int().min(0),
  to: z.int().min(0),
  requiredFields: z.array(RequirableField).max(6).default([]),
  requiresReason: z.boolean().default(false),
});
export type NewTransition = z.infer<typeof newTransition>;

export const Pipeline = z.object({
  id: idOf("pipeline"),
  name: LocalizedText,
  /** Version of the definition; grows with each change of stages or transitions. */
  definitionVersion: z.int().positive(),
  stages: z.array(Stage),
  transitions: z.array(Transition),
  isDefault: z.boolean(),
  ...recordFields,
});
export type Pipeline = z.infer<typeof Pipeline>;

function isWellFormed(stages: readonly { type: string }[]): boolean {
  const firstClosed = stages.findIndex((stage) => stage.type !== "open");
  const openBeforeClosed = firstClosed > 0 && stages.slice(firstClosed).every((stage) => stage.type !== "open");
  const one = (type: string) => stages.filter((stage) => stage.type === type).length === 1;
  return openBeforeClosed && one("won") && one("lost");
}
const wellFormed = "needs at least one open stage, then exactly one won and one lost stage";

export const NewPipeline = z.strictObject({
  name: LocalizedText,
  stages: z.array(z.strictObject(newStageFields)).min(3).max(30).refine(isWellFormed, wellFormed),
  transitions: z
    .array(newTransition)
    .max(300)
    .optional()
    .meta({ description: "Default: each open stage to the next, the last open one to won, each open one to lost" }),
  isDefault: z.boolean().default(false),
});
export type NewPipeline = z.infer<typeof NewPipeline>;

/** A new definition: a stage with an `id` stays the same stage; one without is new. Records keep the version they entered with. */
export const PipelineDefinition = z.strictObject({
  name: LocalizedText,
  stages: z
    .array(z.strictObject({ id: StageId.optional(), ...newStageFields }))
    .min(3)
    .max(30)
    .refine(isWellFormed, wellFormed),
  transitions: z.array(newTransition).max(300).optional(),
  isDefault: z.boolean().optional(),
});
export type PipelineDefinition = z.infer<typeof PipelineDefinition>;

export const PipelinePage = pageOf(Pipeline);
export const PipelineQuery = z.strictObject(PageQuery);
