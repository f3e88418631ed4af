import type { Route } from "@shangji/contracts";
import type { RowResult } from "@shangji/contracts/kit/batch";
import { ExternalId } from "@shangji/contracts/kit/primitives";
import type { RowKind } from "@shangji/contracts/kit/route";
import { assertMayPut, assertMayWrite } from "@shangji/core/access/field-rules";
import type { CallContext } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import { externalIdValue } from "@shangji/core/kit/external-id";
import type { FirstWrite, TakenClaims } from "@shangji/core/kit/idempotency";
import { parseFields } from "@shangji/core/kit/parse-fields";
import type { z } from "zod";
import { answerAgain, answerOnce, type FirstRecord } from "./idempotency.ts";
import { inChains } from "./in-chains.ts";
import type { Call, Operation } from "./operation.ts";
import { refusedRow, rowClaim, writesOf } from "./rows.ts";

/** Rows under way at once: enough to hide the store's latency, few enough to leave it to others. */
const rowsAtOnce = 20;
/** No row is begun later than this after the first, so that the batch is answered within its function's time. */
const longestMs = 6_000;
/** Faults named of one row. */
const mostRowErrors = 10;

interface Versioned {
  id: string;
  version: number;
  /** Likely duplicates, as a single request would name them; a repeat names none. */
  duplicates?: RowResult["duplicates"];
}

interface Written {
  record: Versioned;
  isNew: boolean;
  /** Whether the row has written anything, and so taken its claim. @default true */
  isWritten?: boolean;
}

/** What the rows of a batch do. Their stores are the caller's own, so that each row is judged as a single request would be. */
export interface RowHandlers<C, U, P> {
  create(fields: C, context: CallContext): Promise<Versioned>;
  update(change: U, context: CallContext): Promise<Versioned>;
  upsert(put: P, context: CallContext): Promise<Written>;
}

type Handlers = RowHandlers<unknown, unknown, unknown>;
type BatchCall = Call<unknown, unknown, { rows: unknown[] }>;

/**
 * Binds the route of a batch. Rows have their effects one by one, each in a write of its own; a plain new record stays one
 * PutItem, for BatchWriteItem costs as much and can neither refuse what is there nor say why. Rows that name the same record
 * are run in their order, the others side by side. With an Idempotency-Key each row takes a claim of its own in the very
 * write that is its effect: a repeat finds the rows that have had theirs and does the others.
 */
export function batchOperation<C extends z.ZodType, U extends z.ZodType, P extends z.ZodType>(
  route: Route & { rows: { create: C; update: U; upsert: P } },
  handlersFor: (call: BatchCall) => RowHandlers<z.output<C>, z.output<U>, z.output<P>>,
): Operation {
  return {
    route,
    async run(given, claims) {
      const call = given as BatchCall; // the body of every batch, parsed
      const { rows } = call.body;
      const batch: Batch = {
        route,
        call,
        claims,
        handlers: handlersFor(call) as Handlers, // a row is parsed with the schema of the handler that gets it
        known: await writesOf(rows, call.context.claim, claims),
        until: performance.now() + longestMs,
      };
      const work = rows.map((row, index) => ({ chain: targetOf(row), run: () => judged(batch, row, index) }));
      const judgements = await inChains(work, rowsAtOnce);
      const done = judgements.filter(({ result }) => result.status < 300);
      return {
        output: { results: judgements.map(({ result }) => result) },
        isRepeat: done.length > 0 && done.every(({ isRepeat }) => isRepeat),
      };
    },
  };
}

interface Batch {
  route: Route;
  call: BatchCall;
  claims: TakenClaims;
  handlers: Handlers;
  /** What earlier requests with this key have written, by claim. */
  known: ReadonlyMap<string, FirstWrite>;
  /** When the last row may be begun. */
  until: number;
}

interface Judgement {
  result: RowResult;
  isRepeat: boolean;
}

/** Runs one row; whatever goes wrong with it is its result. */
async function judged(batch: Batch, row: unknown, index: number): Promise<Judgement> {
  try {
    if (performance.now() > batch.until) throw new DomainError("unavailable", "There was no time for this row.");
    return await run(batch, row, index);
  } catch (error) {
    return { result: refusedRow(error, { index, routeId: batch.route.id, call: batch.call }), isRepeat: false };
  }
}

async function run(batch: Batch, row: unknown, index: number): Promise<Judgement> {
  const { kind, value, sent } = parsedRow(batch.route, row, index);
  const place = `/body/rows/${index}/${kind}${kind === "create" ? "" : "/fields"}`;
  const claim = rowClaim(batch.call.context.claim, row, index);
  const first = claim && batch.known.get(claim.key);
  const perform = async () => {
    const { entity } = batch.route.access;
    assertMayWrite(batch.call.viewer, entity, sent);
    if (kind === "upsert") assertMayPut(batch.call.viewer, entity, `/body/rows/${index}/upsert/externalId`);
    const done = await performed(batch.handlers, { kind, value }, { ...batch.call.context, claim });
    // A put that found nothing to write may have found what its twin has just written.
    const twin = claim && done.isWritten === false ? await batch.claims.find(claim) : undefined;
    return claim && twin ? (await answerAgain({ claim, first: twin, repeat })).output : done;
  };
  try {
    const { output, isRepeat } = first
      ? await answerAgain({ claim, first, repeat })
      : await answerOnce({ claim, claims: batch.claims, isLooked: true, run: perform, repeat });
    const { record, isNew } = output as Written; // what `performed` and `repeat` give
    const { id, version, duplicates } = record;
    return { result: { index, status: isNew ? 201 : 200, id, version, duplicates }, isRepeat };
  } catch (error) {
    throw error instanceof DomainError ? error.at(place) : error;
  }
}

/** What an earlier request has written: the first version of a record is the one that it was added with. */
async function repeat(record: FirstRecord): Promise<Written> {
  const kept = record as Versioned; // the claims of rows keep both
  return { record: kept, isNew: kept.version === 1 };
}

interface ParsedRow {
  kind: RowKind;
  value: unknown;
  /** Names of the fields that the row sets, without those that have a default. */
  sent: readonly string[];
}

/** What the row asks for, and its input. @throws DomainError `invalid_request` */
function parsedRow({ rows }: Route, row: unknown, index: number): ParsedRow {
  const pointer = `/body/rows/${index}`;
  const names = typeof row === "object" && row !== null ? Object.keys(row) : [];
  const kind = names.length === 1 ? kinds.find((known) => known === names[0]) : undefined;
  const schema = kind && rows?.[kind];
  if (!schema) {
    const errors = [{ pointer, message: "must have exactly one of create, update and upsert" }];
    throw new DomainError("invalid_request", "Some values are not valid.", { errors });
  }
  const given = (row as Record<RowKind, unknown>)[kind]; // an object, as it has a key
  const value = parseFields(schema, given, `${pointer}/${kind}`, mostRowErrors);
  return { kind, value, sent: namesIn(kind === "create" ? given : (given as { fields: unknown }).fields) }; // parsed a moment ago
}

const kinds: readonly RowKind[] = ["create", "update", "upsert"];

async function performed(
  handlers: Handlers,
  { kind, value }: { kind: RowKind; value: unknown },
  context: CallContext,
): Promise<Written> {
  if (kind === "create") return { record: await handlers.create(value, context), isNew: true };
  if (kind === "update") return { record: await handlers.update(value, context), isNew: false };
  return handlers.upsert(value, context);
}

/** Names in an object of fields, and in what is said of a new record beside them. */
function namesIn(fields: unknown): string[] {
  const { onCreate, ...own } = fields as { onCreate?: object }; // an object: the schemas of fields are ones
  return [...Object.keys(own), ...Object.keys(onCreate ?? {})];
}

/** What a row is about, if it names it: rows about one record wait for each other. */
function targetOf(row: unknown): string | undefined {
  const { create, update, upsert } = (row ?? {}) as Record<RowKind, { id?: unknown; externalId?: unknown } | undefined>; // anything may be looked at
  // As it is kept: of two spellings of one id, neither may overtake the other.
  const externalId = ExternalId.safeParse(upsert?.externalId ?? create?.externalId);
  if (externalId.success) return externalIdValue(externalId.data).value;
  return typeof update?.id === "string" ? update.id : undefined;
}
