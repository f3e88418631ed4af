import type { EventType } from "@shangji/contracts";
import type { RecordChange } from "../../events/record-change.ts";

/** What a step that was done is told as; a reassignment and the word to the manager are breaches, too. */
const told: Readonly<Record<string, readonly EventType[]>> = {
  remind: ["lead.response_reminded.v1"],
  reassign: ["lead.response_breached.v1", "lead.response_reassigned.v1"],
  escalate: ["lead.response_breached.v1", "lead.response_escalated.v1"],
  pool: ["lead.response_pooled.v1"],
};

/** What one write of a clock means to the world: the steps that it has noted as done, and an answer. */
export function responseEvents({ before, after }: RecordChange): EventType[] {
  const known = stepsIn(before?.done);
  const steps = [...stepsIn(after.done)].filter((key) => !known.has(key));
  const types = steps.flatMap((key) => told[key.split("/")[1] ?? ""] ?? []);
  if (after.answeredAt !== undefined && after.answeredAt !== before?.answeredAt)
    types.push("lead.response_answered.v1");
  return types;
}

function stepsIn(done: unknown): ReadonlySet<string> {
  return new Set(typeof done === "object" && done !== null ? Object.keys(done) : []);
}
