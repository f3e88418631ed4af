import type { Opportunity, TransitionFailure, TransitionRequest } from "@shangji/contracts/opportunities/schemas";
import type { Stage, Transition } from "@shangji/contracts/pipelines/schemas";

/** The definition that a record is pinned to. */
export interface Process {
  stages: readonly Stage[];
  transitions: readonly Transition[];
}

type Asked = Pick<TransitionRequest, "reason" | "lostReason">;

/**
 * Every rule that stands against moving a record to `target`; empty when the move is legal.
 * `record` is the record as it would be with the fields that the request sets. Hidden fields are not named.
 */
export function failedRules(
  record: Partial<Opportunity> & { stageId: string },
  target: Stage,
  asked: Asked,
  process: Process,
  hidden: ReadonlySet<string> = new Set(),
): TransitionFailure[] {
  if (record.stageId === target.id) return [{ rule: "same_stage", message: "The record is in this stage already." }];
  const transition = process.transitions.find(({ from, to }) => from === record.stageId && to === target.id);
  if (!transition) return [{ rule: "not_a_transition", message: "The process has no step between these stages." }];
  return [
    ...missingFields(record, transition, hidden),
    ...(transition.requiresReason && !asked.reason
      ? [{ rule: "reason_required" as const, field: "reason", message: "This step needs a reason." }]
      : []),
    ...(target.type === "lost" && !asked.lostReason
      ? [{ rule: "lost_reason_required" as const, field: "lostReason", message: "Losing needs a reason of loss." }]
      : []),
  ];
}

function missingFields(
  record: Partial<Opportunity>,
  { requiredFields }: Transition,
  hidden: ReadonlySet<string>,
): TransitionFailure[] {
  return requiredFields
    .filter((field) => isEmpty(record[field]))
    .map((field) =>
      hidden.has(field)
        ? { rule: "field_required", message: "This step needs a field that your role does not see." }
        : { rule: "field_required", field, message: `This step needs ${field}.` },
    );
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === "" || value === 0 || (Array.isArray(value) && value.length === 0)
  );
}
