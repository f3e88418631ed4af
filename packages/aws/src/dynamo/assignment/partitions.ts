/** Partitions of settings, which are items that are called like them. */
export const assignmentRulesPartition = "assignment-rules";
export const responsePoliciesPartition = "response-policies";
export const recyclingRulesPartitions = { lead: "recycling-rules", account: "account-recycling-rules" } as const;
export const calendarPartition = "organization-calendar";

/** What the partitions of people's tallies begin with. */
export const tallyPrefix = "lead-tally#";
export const accountTallyPrefix = "account-tally#";
