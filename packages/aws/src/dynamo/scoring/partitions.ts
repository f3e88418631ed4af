/** Partition of the scoring rules, and of how far scoring all leads by them has come. */
export const scoringRulesPartition = "scoring-rules";

/** What the partition of an event that is known begins with. */
export const knownEventPrefix = "behaviour-event#";
