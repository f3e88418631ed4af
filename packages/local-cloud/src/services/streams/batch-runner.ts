import { randomUUID } from "node:crypto";
import type { InvokeResult } from "../../runtime/invoke-result.ts";
import type { CloudContext } from "../../service.ts";
import { failedItems } from "../sources/batch-response.ts";
import { realDelay } from "../timing/real-delay.ts";
import type { StreamMapping } from "./stream-mapping.ts";
import type { StreamRecord } from "./stream-record.ts";

export interface BatchRunnerPorts {
  readonly ctx: CloudContext;
  readonly mapping: StreamMapping;
  /** The stream's ARN in DynamoDB Local, by which a given-up record can be read again. */
  readonly streamArn: string;
  /** Sends the body of a message about given-up records to the mapping's destination. */
  readonly giveUp: (body: object) => void;
  readonly done: (records: readonly StreamRecord[]) => void;
  readonly signal: AbortSignal;
}

/** First pause before a retry; doubled each time. AWS pauses up to a minute, which would only make people wait here. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** Runs a function on batches of one lane and works through failures as the mapping says. */
export class BatchRunner {
  readonly #ports: BatchRunnerPorts;

  constructor(ports: BatchRunnerPorts) {
    this.#ports = ports;
  }

  /** Resolves when each record is done or given up, or when the signal is aborted. */
  async run(batch: readonly StreamRecord[]): Promise<void> {
    const { mapping, signal, done } = this.#ports;
    let records = batch;
    let retries = 0;
    for (let invocations = 1; ; invocations += 1) {
      records = this.#dropExpired(records, invocations - 1);
      if (records.length === 0) return;
      const result = await this.#invoke(records);
      if (signal.aborted) return;
      const firstFailed = this.#firstFailed(result, records);
      done(records.slice(0, firstFailed));
      records = records.slice(firstFailed);
      if (records.length === 0) return;
      // Progress begins a new count, and splitting does not use up a retry.
      if (firstFailed > 0) retries = 0;
      else if (mapping.bisects && records.length > 1) return this.#bisect(records);
      if (retries >= mapping.retries) return this.#giveUp(records, "RetryAttemptsExhausted", invocations, result);
      retries += 1;
      await realDelay(Math.min(FIRST_PAUSE_MS * 2 ** (retries - 1), LONGEST_PAUSE_MS), signal);
      if (signal.aborted) return;
    }
  }

  async #bisect(records: readonly StreamRecord[]): Promise<void> {
    const middle = Math.ceil(records.length / 2);
    await this.run(records.slice(0, middle));
    if (!this.#ports.signal.aborted) await this.run(records.slice(middle));
  }

  async #invoke(records: readonly StreamRecord[]): Promise<InvokeResult> {
    const { ctx, mapping } = this.#ports;
    return ctx.invoke(mapping.functionArn, { Records: records.map(({ event }) => event) }).catch((error: unknown) => ({
      functionError: { errorType: "Local.InvokeFailed", errorMessage: String(error) },
    }));
  }

  /** Index of the first record that is not done; the length if all are. */
  #firstFailed(result: InvokeResult, records: readonly StreamRecord[]): number {
    const { ctx, mapping } = this.#ports;
    if (result.functionError !== undefined) {
      const { errorType, errorMessage } = result.functionError;
      ctx.log(`${mapping.id}: ${records.length} record(s) failed: ${errorType}: ${errorMessage}`);
      return 0;
    }
    if (!mapping.reportsItemFailures) return records.length;
    const failed = failedItems(result.payload, new Set(records.map(({ sequenceNumber }) => sequenceNumber)));
    if (failed === "all-failed") return 0;
    const first = records.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
    return first < 0 ? records.length : first;
  }

  #dropExpired(records: readonly StreamRecord[], invocations: number): readonly StreamRecord[] {
    const { ctx, mapping } = this.#ports;
    const oldest = ctx.clock.now() - mapping.maxAgeSeconds * 1000;
    // In order of creation, so the expired ones come first.
    const firstFresh = records.findIndex(({ createdAt }) => createdAt >= oldest);
    const expired = records.slice(0, firstFresh < 0 ? records.length : firstFresh);
    if (expired.length > 0) this.#giveUp(expired, "RecordAgeExceeded", invocations);
    return records.slice(expired.length);
  }

  #giveUp(records: readonly StreamRecord[], condition: string, invocations: number, result?: InvokeResult): void {
    const { ctx, mapping, streamArn } = this.#ports;
    const [first, last] = [records[0], records.at(-1)];
    if (first === undefined || last === undefined) return;
    ctx.log(`${mapping.id}: gave up ${records.length} record(s): ${condition}`);
    const seconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
    this.#ports.giveUp({
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionArn,
        condition,
        approximateInvokeCount: invocations,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: "$LATEST",
        functionError: result?.functionError === undefined ? null : "Unhandled",
      },
      version: "1.0",
      timestamp: new Date(ctx.clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: first.shardId,
        startSequenceNumber: first.sequenceNumber,
        endSequenceNumber: last.sequenceNumber,
        approximateArrivalOfFirstRecord: seconds(first.createdAt),
        approximateArrivalOfLastRecord: seconds(last.createdAt),
        batchSize: records.length,
        streamArn,
      },
    });
    this.#ports.done(records);
  }
}
