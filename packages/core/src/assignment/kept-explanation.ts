import type { AssignmentExplanation } from "@shangji/contracts/assignment/schemas";
import { assignmentLimits } from "@shangji/contracts/assignment/schemas";

/**
 * An explanation as it is kept beside a lead: of very many people only some, whoever was chosen first. Thousands in a team
 * would make each decision cost more than all else, and not fit into an item in the end.
 */
export function keptExplanation(explanation: AssignmentExplanation): AssignmentExplanation {
  const { candidates } = explanation;
  if (candidates.length <= assignmentLimits.candidatesKept) return explanation;
  const chosen = candidates.filter(({ outcome }) => outcome === "chosen");
  const others = candidates.filter(({ outcome }) => outcome !== "chosen");
  return { ...explanation, candidates: [...chosen, ...others].slice(0, assignmentLimits.candidatesKept) };
}
