/** What the store calls a decision by which a lead stays as it is, so that the publisher tells of it. */
export const decisionKind = "leadDecision";
