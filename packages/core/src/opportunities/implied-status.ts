import type { Resolved } from "../conditions/resolved.ts";
import { conjuncts, valuesNamed } from "../lists/plan-list.ts";
import type { Pipelines } from "../pipelines/ports.ts";
import { opportunityFields } from "./fields.ts";

/**
 * Deals in a stage have the status that the stage stands for, and a stage keeps it for good. So a condition that names stages
 * says which parts of the orders by closing date and amount can hold anything. Undefined when a stage is in no pipeline now.
 */
export async function impliedStatus(where: Resolved, pipelines: Pick<Pipelines, "all">): Promise<Resolved | undefined> {
  const stageIds = valuesNamed(conjuncts(where), "stageId");
  if (!stageIds) return undefined;
  const stages = (await pipelines.all()).flatMap((pipeline) => pipeline.stages);
  const types = stageIds.map((id) => stages.find((stage) => stage.id === id)?.type);
  const values = new Set(types.filter((type) => type !== undefined));
  if (types.includes(undefined)) return undefined;
  return { form: "term", term: { name: "status", field: opportunityFields.status, tests: [{ is: "in", values }] } };
}
