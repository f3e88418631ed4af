import type { Call } from "./load.ts";
import type { World } from "./world.ts";

export const operationNames = [
  "create",
  "batch create",
  "read",
  "list by owner",
  "filtered list",
  "transition",
  "board",
  "funnel",
  "search",
] as const;
export type OperationName = (typeof operationNames)[number];

/** Beginnings of a word of every name, and the list of the index that all of them are found in. */
const searchedPrefixes = ["rene", "renew", "renewa"];
export const searchedList = "search#opportunity#t:rene";

/** What each worker asks in each turn, by operation. */
export type Operations = Record<OperationName, (worker: number, turn: number) => Call>;

/** A prime, so that consecutive turns touch records far apart. */
const stride = 7919;
/** Rows of one batch: the most that there may be. */
const batchRows = 100;
/** Of five opportunities the first two are open. */
const openOfFive = 2;

export function operationsOn(
  { pipeline, ownerIds, teamIds, opportunities, moved }: World,
  callers: number,
): Operations {
  const count = opportunities.length;
  const id = (number: number) => opportunities[number % count]?.id ?? "";
  const [first, second] = pipeline.stages;
  // Each worker moves records of its own, forth and back.
  const openPerWorker = Math.floor((Math.floor(count / 5) * openOfFive) / callers);
  const deal = (worker: number, turn: number) => ({
    name: `新商机 ${worker}-${turn}`,
    ownerId: ownerIds[(worker + turn) % ownerIds.length],
    pipelineId: pipeline.id,
    amountMinor: 120_000 + turn,
    currency: "USD",
    expectedCloseDate: "2027-03-31",
    source: "web",
  });
  return {
    create: (worker, turn) => ({ method: "POST", path: "/v1/opportunities", body: deal(worker, turn) }),
    "batch create": (worker, turn) => ({
      method: "POST",
      path: "/v1/opportunities/batch",
      body: { rows: Array.from({ length: batchRows }, (_, row) => ({ create: deal(worker, turn * batchRows + row) })) },
    }),
    read: (worker, turn) => ({ method: "GET", path: `/v1/opportunities/${id(worker * 31 + turn * stride)}` }),
    "list by owner": (worker, turn) => ({
      method: "GET",
      path: `/v1/opportunities?limit=30&owner=${ownerIds[(worker + turn) % ownerIds.length]}`,
    }),
    "filtered list": (worker, turn) => {
      const filter = {
        all: [
          { field: "teamId", eq: teamIds[(worker + turn) % teamIds.length] },
          { field: "status", eq: "open" },
          { field: "source", in: ["web", "event"] },
        ],
      };
      const query = new URLSearchParams({ filter: JSON.stringify(filter), sort: "-amountMinor", limit: "30" });
      return { method: "GET", path: `/v1/opportunities?${query}` };
    },
    transition: (worker, turn) => {
      const open = worker * openPerWorker + (turn % openPerWorker);
      const record = Math.floor(open / openOfFive) * 5 + (open % openOfFive);
      const isBack = moved.has(record);
      if (isBack) moved.delete(record);
      else moved.add(record);
      return {
        method: "POST",
        path: `/v1/opportunities/${id(record)}/transitions`,
        body: { to: (isBack ? first : second)?.id },
      };
    },
    board: () => ({ method: "GET", path: `/v1/pipelines/${pipeline.id}/board` }),
    funnel: () => ({
      method: "GET",
      path: `/v1/analytics/funnel?pipelineId=${pipeline.id}&from=2026-04-01&to=2026-07-01`,
    }),
    search: (worker, turn) => ({
      method: "GET",
      path: `/v1/search?q=${searchedPrefixes[(worker + turn) % searchedPrefixes.length]}`,
    }),
  };
}
