import type { BatchResult, RowResult } from "@shangji/contracts/kit/batch";
import type { Route } from "@shangji/contracts/kit/route";
import type { CallContext } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { FirstWrite, TakenClaims } from "@shangji/core/kit/idempotency";
import type { z } from "zod";
import { answerAgain, answerOnce } from "./idempotency.ts";
import type { Call, Operation } from "./operation.ts";
import { refusedRow, rowClaim, writesOf } from "./rows.ts";

/** No record is begun later than this after the first, so that the call is answered within its function's time. */
const longestMs = 6_000;

interface Versioned {
  id: string;
  version: number;
}

/** What is done with each record. */
export type OfEach = (id: string, context: CallContext) => Promise<Versioned>;

type Listing = { leadIds: string[] } | { accountIds: string[] };

/**
 * Binds a route that does one thing with each of several records, which its body lists by id: each has its effect in a write of its
 * own, with a claim of its own when the call has an Idempotency-Key, and a result of its own. One after the other: they are the
 * same person's doing, and would meet at what is kept of the person. `open` refuses the call as a whole.
 */
export function listedOperation<P extends z.ZodType, B extends z.ZodType<Listing>>(
  route: Route<P, z.ZodUndefined, B, typeof BatchResult>,
  open: (call: Call<z.output<P>, undefined, z.output<B>>) => Promise<OfEach>,
): Operation {
  return {
    route,
    async run(given, claims) {
      const call = given as Call<z.output<P>, undefined, z.output<B>>; // parsed with this route's own schemas
      const ids = "leadIds" in call.body ? call.body.leadIds : call.body.accountIds;
      const perform = await open(call);
      const rows: Rows = {
        call,
        claims,
        routeId: route.id,
        perform,
        known: await writesOf(ids, call.context.claim, claims),
        until: performance.now() + longestMs,
      };
      const results: RowResult[] = [];
      let repeats = 0;
      for (const [index, id] of ids.entries()) {
        const { result, isRepeat } = await judged(rows, id, index);
        results.push(result);
        if (isRepeat) repeats += 1;
      }
      const done = results.filter(({ status }) => status < 300).length;
      return { output: { results }, isRepeat: done > 0 && repeats === done };
    },
  };
}

interface Rows {
  call: Pick<Call<unknown, unknown, unknown>, "context" | "language">;
  claims: TakenClaims;
  routeId: string;
  perform(id: string, context: CallContext): Promise<Versioned>;
  known: ReadonlyMap<string, FirstWrite>;
  until: number;
}

/** Does it with one record; whatever goes wrong with it is its result. */
async function judged(rows: Rows, id: string, index: number): Promise<{ result: RowResult; isRepeat: boolean }> {
  const { call, claims, routeId, known, until } = rows;
  try {
    if (performance.now() > until) throw new DomainError("unavailable", "There was no time for this row.");
    const claim = rowClaim(call.context.claim, id, index);
    const first = claim && known.get(claim.key);
    const repeat = async (record: { id: string }) => record;
    const { output, isRepeat } = first
      ? await answerAgain({ claim, first, repeat })
      : await answerOnce({
          claim,
          claims,
          isLooked: true,
          run: () => rows.perform(id, { ...call.context, claim }),
          repeat,
        });
    const { version } = output as Versioned; // of the record, or of what its claim keeps
    return { result: { index, status: 200, id, version }, isRepeat };
  } catch (error) {
    return { result: refusedRow(error, { index, routeId, call }), isRepeat: false };
  }
}
