/** Whether nobody has to work on a lead any more. */
export function isClosedLead({ status }: { status?: unknown }): boolean {
  return status === "converted" || status === "disqualified";
}
