import type { PeriodStart } from "@shangji/contracts/kit/condition";

/** The date on which a period begins, `offset` periods away from the one that holds `today`; weeks begin on Monday. */
export function periodStart(today: string, { start, offset = 0 }: PeriodStart): string {
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  switch (start) {
    case "day":
      return dateOf(year, month, day + offset);
    case "week":
      return dateOf(year, month, day - daysSinceMonday(today) + 7 * offset);
    case "month":
      return dateOf(year, month + offset, 1);
    case "quarter":
      return dateOf(year, month - ((month - 1) % 3) + 3 * offset, 1);
    case "year":
      return dateOf(year + offset, 1, 1);
  }
}

function daysSinceMonday(date: string): number {
  return (new Date(date).getUTCDay() + 6) % 7;
}

/** Later ones have five digits in their year, and would come first among texts. */
const lastDate = "9999-12-31";

/** Days and months beyond their ends count on into the next ones. */
function dateOf(year: number, month: number, day: number): string {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCFullYear() > 9999 ? lastDate : at.toISOString().slice(0, 10);
}
