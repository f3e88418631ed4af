export { factsSourceOf } from "./facts-source.ts";
export { metricsIn } from "./metrics.ts";
export type { AnalyticsPorts, NamedStage } from "./ports.ts";
export { readFunnel } from "./read-funnel.ts";
export { readKpis } from "./read-kpis.ts";
export { readStageTotals } from "./read-stage-totals.ts";
