/**
 * Names of counters. They are stored, so they never change their meaning; short ones keep the items small.
 */

/** Opportunities by what they are now. */
export const open = "open";
export const won = "won";
export const lost = "lost";

/** Base amount of the open and of the won opportunities, in minor units. */
export const openAmount = "openAmount";
export const wonAmount = "amount";

/** Days from opening to closing, summed over the won opportunities. */
export const cycleDays = "days";

/** Histogram of those days. */
export const cycle = "cycle";

/** Counters of one stage. */
export const stageCounters = {
  entered: (stageId: string) => `${stageId}:in`,
  current: (stageId: string) => `${stageId}:at`,
  amount: (stageId: string) => `${stageId}:am`,
  movedOn: (stageId: string) => `${stageId}:on`,
  lost: (stageId: string) => `${stageId}:lo`,
  won: (stageId: string) => `${stageId}:wo`,
  /** Completed days, summed. */
  days: (stageId: string) => `${stageId}:dt`,
};

const binMark = ":t";

/** The counter of one bin of a histogram: of a stage's completed days by its id, of `cycle`. */
export function binCounter(series: string, bin: number): string {
  return `${series}${binMark}${bin}`;
}

/** The histogram and the bin that a counter stands for; undefined when it is no bin. */
export function binOf(counter: string): { series: string; bin: number } | undefined {
  const mark = counter.lastIndexOf(binMark);
  return mark < 0 ? undefined : { series: counter.slice(0, mark), bin: Number(counter.slice(mark + binMark.length)) };
}
