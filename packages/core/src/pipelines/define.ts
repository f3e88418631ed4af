import type { NewTransition, PipelineDefinition, Stage, Transition } from "@shangji/contracts/pipelines/schemas";
import { DomainError, unknownReference } from "../kit/domain-error.ts";

const closedCategory = { won: "closed", lost: "omitted" } as const;

/** Makes a new stage id: `stg_` and ten characters of base 36. */
export type StageIds = () => string;

/**
 * Stages and transitions of a definition. A stage that names an id stays that stage, and must be one of `known`;
 * its type never changes, since records stand in it.
 */
export function buildDefinition(
  definition: Pick<PipelineDefinition, "stages" | "transitions">,
  known: readonly Stage[],
  newStageId: StageIds,
): { stages: Stage[]; transitions: Transition[] } {
  const openCount = definition.stages.filter((stage) => stage.type === "open").length;
  const stages = definition.stages.map((stage, position): Stage => {
    if (stage.id !== undefined) assertKeepsType(stage.id, stage.type, known, position);
    return {
      id: stage.id ?? newStageId(),
      name: stage.name,
      type: stage.type,
      probability: stage.probability ?? defaultProbability(stage.type, position, openCount),
      forecastCategory: stage.forecastCategory ?? (stage.type === "open" ? "pipeline" : closedCategory[stage.type]),
    };
  });
  assertDistinct(stages);
  return { stages, transitions: definition.transitions?.map(named(stages)) ?? defaultTransitions(stages) };
}

function assertKeepsType(id: string, type: string, known: readonly Stage[], position: number): void {
  const before = known.find((stage) => stage.id === id);
  if (!before) throw unknownReference(`/body/stages/${position}/id`, id);
  if (before.type !== type) {
    throw new DomainError("invalid_request", "A stage keeps its type.", {
      errors: [{ pointer: `/body/stages/${position}/type`, message: `is ${before.type} and cannot change` }],
    });
  }
}

function assertDistinct(stages: readonly Stage[]): void {
  if (new Set(stages.map((stage) => stage.id)).size < stages.length) {
    throw new DomainError("invalid_request", "A stage is named twice.", {
      errors: [{ pointer: "/body/stages", message: "names a stage id twice" }],
    });
  }
}

function defaultProbability(type: Stage["type"], position: number, openCount: number): number {
  if (type === "won") return 100;
  return type === "lost" ? 0 : Math.round((100 * (position + 1)) / (openCount + 1));
}

function named(stages: readonly Stage[]) {
  return ({ from, to, requiredFields, requiresReason }: NewTransition, index: number): Transition => {
    const source = stages[from];
    const target = stages[to];
    if (!source || !target || source === target) {
      throw new DomainError("invalid_request", "A transition joins two different stages.", {
        errors: [{ pointer: `/body/transitions/${index}`, message: "must name two different stages by position" }],
      });
    }
    return { from: source.id, to: target.id, requiredFields, requiresReason };
  };
}

/** No skipping and no way back: each open stage to the next, the last open one to won, each open one to lost. */
function defaultTransitions(stages: readonly Stage[]): Transition[] {
  const open = stages.filter((stage) => stage.type === "open");
  const won = stages.find((stage) => stage.type === "won");
  const lost = stages.find((stage) => stage.type === "lost");
  return open.flatMap((stage, index) =>
    [open[index + 1] ?? won, lost].flatMap((target) =>
      target ? [{ from: stage.id, to: target.id, requiredFields: [], requiresReason: false }] : [],
    ),
  );
}
