import type { CloudContext } from "../../service.ts";
import { isObject } from "../../template/assembly.ts";
import type { Json } from "../../template/deployment.ts";
import { failedItems } from "../sources/batch-response.ts";
import type { Mapping } from "../sources/mapping.ts";
import { PendingWork } from "../timing/pending-work.ts";
import { realDelay } from "../timing/real-delay.ts";
import { md5OfAttributes, md5OfText, type StoredMessage, systemAttributes } from "./message.ts";
import type { Queue } from "./queue.ts";

/** Batches of one mapping in flight at once; where AWS starts, too. */
const MOST_CONCURRENT = 5;
/** A failed message is shown again after this, or after the visibility timeout where that is shorter. */
const RETRY_SECONDS = 0.5;
/** Messages that a batch in flight holds are hidden for as long as it runs. */
const HELD_SECONDS = 10 * 365 * 86_400;

/** A batching window is honoured up to this, so that local work is not slower than it needs to be. */
const LONGEST_WINDOW_MS = 200;

/** Feeds a function from a queue, as the event source mapping says. */
export class QueueConsumer {
  readonly #ctx: CloudContext;
  readonly #mapping: Mapping;
  readonly #queue: Queue;
  readonly #stopped = new AbortController();
  readonly #pending = new PendingWork();
  readonly #running = new Set<Promise<void>>();
  #retrying = 0;
  #loop: Promise<void> | undefined;

  constructor(ctx: CloudContext, mapping: Mapping, queue: Queue) {
    this.#ctx = ctx;
    this.#mapping = mapping;
    this.#queue = queue;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  isIdle(): boolean {
    return this.#pending.isIdle() && this.#retrying === 0 && this.#queue.counts().visible === 0;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      if (this.#running.size >= MOST_CONCURRENT) await Promise.race(this.#running);
      if (this.#queue.counts().visible === 0) {
        await this.#queue.nextChange(signal);
        continue;
      }
      if (this.#mapping.windowMs > 0) await realDelay(Math.min(this.#mapping.windowMs, LONGEST_WINDOW_MS), signal);
      const messages = signal.aborted ? [] : this.#queue.receive(this.#mapping.batchSize, HELD_SECONDS);
      if (messages.length === 0) continue;
      const running = this.#pending.run(() => this.#deliver(messages)).finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
  }

  async #deliver(messages: readonly StoredMessage[]): Promise<void> {
    const { sourceArn, filter, functionArn } = this.#mapping;
    const wanted =
      filter === undefined ? messages : messages.filter((message) => filter({ body: parsedBody(message) }));
    const failed = wanted.length === 0 ? new Set<string>() : await this.#invoke(functionArn, wanted, sourceArn);
    if (this.#stopped.signal.aborted) return this.#release(messages);
    for (const { id, receipt = "" } of messages) if (!failed.has(id)) this.#queue.delete(receipt);
    this.#retry(messages.filter(({ id }) => failed.has(id)));
  }

  /** The ids of the messages that are not done. */
  async #invoke(
    functionArn: string,
    messages: readonly StoredMessage[],
    sourceArn: string,
  ): Promise<ReadonlySet<string>> {
    const ids = new Set(messages.map(({ id }) => id));
    const { accountId, region } = this.#ctx.deployment;
    const Records = messages.map((message) => lambdaRecord(message, { accountId, region, sourceArn }));
    const result = await this.#ctx.invoke(functionArn, { Records }).catch((error: unknown) => {
      this.#ctx.log(`${this.#mapping.id}: ${String(error)}`);
      return { functionError: true };
    });
    if (result.functionError !== undefined) return ids;
    if (!this.#mapping.reportsItemFailures) return new Set();
    const failed = failedItems(result.payload, ids);
    return failed === "all-failed" ? ids : failed;
  }

  #retry(messages: readonly StoredMessage[]): void {
    if (messages.length === 0) return;
    const seconds = Math.min(RETRY_SECONDS, this.#queue.settings.visibilityTimeoutSeconds);
    this.#retrying += 1;
    void realDelay(seconds * 1000, this.#stopped.signal).then(() => {
      this.#retrying -= 1;
      this.#release(messages);
    });
  }

  #release(messages: readonly StoredMessage[]): void {
    for (const { receipt = "" } of messages) this.#queue.changeVisibility(receipt, 0);
  }
}

/** A filter sees a body that is a JSON object as such. */
function parsedBody({ body }: StoredMessage): Json {
  try {
    const parsed = JSON.parse(body) as Json; // what JSON.parse gives
    return isObject(parsed) ? parsed : body;
  } catch {
    return body;
  }
}

function lambdaRecord(
  message: StoredMessage,
  source: { readonly accountId: string; readonly region: string; readonly sourceArn: string },
): object {
  const md5OfMessageAttributes = md5OfAttributes(message.attributes);
  const messageAttributes = Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      ...(StringValue === undefined ? {} : { stringValue: StringValue }),
      ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: DataType,
    },
  ]);
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: systemAttributes(message, source.accountId),
    messageAttributes: Object.fromEntries(messageAttributes),
    md5OfBody: md5OfText(message.body),
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: source.sourceArn,
    awsRegion: source.region,
  };
}
