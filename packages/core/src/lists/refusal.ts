import { DomainError } from "../kit/domain-error.ts";
import { statusOrders } from "../kit/record.ts";
import type { ListedKind } from "./listed-kind.ts";
import { readBudget } from "./read-budget.ts";
import type { Sort } from "./sort.ts";

/**
 * Why a list cannot be read within the budget, and what can. It says nothing of how many records there are: those that the
 * caller may not see count too.
 */
export function refusalOf(
  { field }: Sort,
  { orders, lanes, fields }: ListedKind,
  hidden: ReadonlySet<string>,
): DomainError {
  const kept = Object.keys(orders).filter((name) => !hidden.has(name));
  const named = Object.values(lanes).filter((name) => !hidden.has(name));
  const most = readBudget.records.toLocaleString("en");
  const statuses = Object.values(orders).some((order) => statusOrders.includes(order))
    ? fields.status?.values
    : undefined;
  return new DomainError(
    "query_too_expensive",
    `To sort by ${field}, more than ${most} records would have to be read for each page.`,
    {
      errors: [{ pointer: "/query/sort", message: `needs a list of ${most} records at most` }],
      alternatives: [
        `Sort by ${kept.join(", ")}, in either direction; these orders are kept for any number of records.`,
        `Narrow the list with eq or in on ${named.join(", ")} until it has ${most} records at most.`,
        ...(statuses
          ? [
              `Narrow a list that is sorted by closing date or amount to your team and one status (${statuses.join(", ")}).`,
            ]
          : []),
      ],
    },
  );
}
