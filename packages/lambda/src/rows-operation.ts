import type { BatchResult, RowResult } from "@shangji/contracts/kit/batch";
import type { Route } from "@shangji/contracts/kit/route";
import type { CallContext } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { FirstWrite, TakenClaims } from "@shangji/core/kit/idempotency";
import { parseFields, type Schema } from "@shangji/core/kit/parse-fields";
import type { z } from "zod";
import { answerAgain, answerOnce } from "./idempotency.ts";
import { inChains } from "./in-chains.ts";
import type { Call, Operation } from "./operation.ts";
import { refusedRow, rowClaim, writesOf } from "./rows.ts";

const rowsAtOnce = 20;
/** No row is begun later than this after the first, so that the call is answered within its function's time. */
const longestMs = 6_000;
/** Faults named of one row. */
const mostRowErrors = 10;

/** What came of a row: the record that it changed, and whether it has done something that had not been done before. */
interface RowDone {
  record: { id: string };
  isNew: boolean;
}

/** How the rows of a call are done. */
export interface RowsOf<B, T> {
  /** Name of the list in the body. */
  name: keyof B & string;
  schema: Schema<T>;
  /** What a row is about: rows about the same are done one after the other, the others side by side. */
  chain(row: unknown): string | undefined;
  perform(row: T, call: Call<undefined, undefined, B>, context: CallContext): Promise<RowDone>;
}

/**
 * Binds a route whose body lists rows that are no records: each is parsed, has its effect in a write of its own, with a claim of
 * its own when the call has an Idempotency-Key, and has a result: 201, or 200 when it was there already.
 */
export function rowsOperation<B extends z.ZodType, T>(
  route: Route<z.ZodUndefined, z.ZodUndefined, B, typeof BatchResult>,
  { name, schema, chain, perform }: RowsOf<z.output<B>, T>,
): Operation {
  return {
    route,
    async run(given, claims) {
      const call = given as Call<undefined, undefined, z.output<B>>; // parsed with this route's own schemas
      const rows = (call.body as Record<string, unknown[]>)[name] ?? []; // a list, as its schema says
      const known = await writesOf(rows, call.context.claim, claims);
      const until = performance.now() + longestMs;
      const perRow = (row: unknown, index: number) => async () => {
        const parse = () => parseFields(schema, row, `/body/${name}/${index}`, mostRowErrors);
        const act = (context: CallContext) => perform(parse(), call, context);
        return judged({ act, row, index, until }, { call, claims, known, routeId: route.id });
      };
      const judgements = await inChains(
        rows.map((row, index) => ({ chain: chain(row), run: perRow(row, index) })),
        rowsAtOnce,
      );
      const done = judgements.filter(({ result }) => result.status < 300);
      return {
        output: { results: judgements.map(({ result }) => result) },
        isRepeat: done.length > 0 && done.every(({ isRepeat }) => isRepeat),
      };
    },
  };
}

interface Asked {
  act(context: CallContext): Promise<RowDone>;
  row: unknown;
  index: number;
  until: number;
}

interface Frame {
  call: Pick<Call<unknown, unknown, unknown>, "context" | "language">;
  claims: TakenClaims;
  known: ReadonlyMap<string, FirstWrite>;
  routeId: string;
}

/** Does one row; whatever goes wrong with it is its result. */
async function judged(
  { act, row, index, until }: Asked,
  { call, claims, known, routeId }: Frame,
): Promise<{ result: RowResult; isRepeat: boolean }> {
  try {
    if (performance.now() > until) throw new DomainError("unavailable", "There was no time for this row.");
    const claim = rowClaim(call.context.claim, row, index);
    const first = claim && known.get(claim.key);
    // Only a row that has done something new has taken its claim.
    const repeat = async (record: { id: string }): Promise<RowDone> => ({ record, isNew: true });
    const run = () => act({ ...call.context, claim });
    const { output, isRepeat } = first
      ? await answerAgain({ claim, first, repeat })
      : await answerOnce({ claim, claims, isLooked: true, run, repeat });
    const { record, isNew } = output as RowDone; // of the act, or of `repeat`
    return { result: { index, status: isNew ? 201 : 200, id: record.id }, isRepeat };
  } catch (error) {
    return { result: refusedRow(error, { index, routeId, call }), isRepeat: false };
  }
}
