import { randomUUID } from "node:crypto";
import type { LocalClock } from "../../clock/local-clock.ts";
import type { KeptMap } from "../keeping/kept-map.ts";
import { atLocalTime } from "../timing/local-timer.ts";
import type { OutgoingMessage, StoredMessage } from "./message.ts";

export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly receiveWaitSeconds: number;
  readonly retentionSeconds: number;
  readonly maximumMessageBytes: number;
  /** Where a message goes that has been received `maxReceiveCount` times without being deleted. */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** One standard queue: at least once, in order as long as nothing is retried. Timeouts run on the local clock. */
export class Queue {
  readonly settings: QueueSettings;
  readonly #messages: KeptMap<StoredMessage>;
  readonly #clock: LocalClock;
  readonly #arrivals = new Set<() => void>();
  #deadLetters: Queue | undefined;

  constructor(settings: QueueSettings, messages: KeptMap<StoredMessage>, clock: LocalClock) {
    this.settings = settings;
    this.#messages = messages;
    this.#clock = clock;
  }

  /** Names the queue of the redrive policy, once every queue exists. */
  redriveTo(queue: Queue): void {
    this.#deadLetters = queue;
  }

  send(message: OutgoingMessage): StoredMessage {
    const now = this.#clock.now();
    return this.#accept({
      id: randomUUID(),
      body: message.body,
      attributes: message.attributes ?? {},
      sentAt: now,
      visibleAt: now + (message.delaySeconds ?? this.settings.delaySeconds) * 1000,
      receiveCount: 0,
    });
  }

  /** Takes up to `most` messages, which stay hidden for `hiddenSeconds` (default: the queue's visibility timeout). */
  receive(most: number, hiddenSeconds = this.settings.visibilityTimeoutSeconds): StoredMessage[] {
    const now = this.#clock.now();
    const taken: StoredMessage[] = [];
    for (const message of [...this.#messages.values()]) {
      if (taken.length === most) break;
      if (now - message.sentAt > this.settings.retentionSeconds * 1000) {
        this.#messages.delete(message.id);
      } else if (message.visibleAt <= now && !this.#moveIfExhausted(message)) {
        taken.push(this.#take(message, hiddenSeconds));
      }
    }
    return taken;
  }

  /** Waits for messages up to `waitMs` of real time; empty when the time is over or the signal is aborted. */
  async receiveWithin(waitMs: number, receive: () => StoredMessage[], signal: AbortSignal): Promise<StoredMessage[]> {
    if (waitMs === 0) return receive();
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
    for (;;) {
      const messages = receive();
      if (messages.length > 0 || deadline.aborted) return messages;
      await this.nextChange(deadline);
    }
  }

  /** Resolves when a message has arrived or become visible, or when the signal is aborted. */
  nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const now = this.#clock.now();
      const next = Math.min(...Array.from(this.#messages.values(), ({ visibleAt }) => visibleAt));
      const done = (): void => {
        cancelTimer?.();
        this.#arrivals.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const cancelTimer = Number.isFinite(next) ? atLocalTime(this.#clock, Math.max(next, now), done) : undefined;
      this.#arrivals.add(done);
      signal.addEventListener("abort", done, { once: true });
      if (signal.aborted) done();
    });
  }

  /** Removes a received message. A handle that a later receive has replaced does nothing, as in AWS. */
  delete(receipt: string): void {
    const message = this.#byReceipt(receipt);
    if (message !== undefined) this.#messages.delete(message.id);
  }

  /** Hides a received message for so many seconds from now; 0 shows it at once. */
  changeVisibility(receipt: string, seconds: number): boolean {
    const message = this.#byReceipt(receipt);
    if (message === undefined) return false;
    this.#messages.set(message.id, { ...message, visibleAt: this.#clock.now() + seconds * 1000 });
    this.wake();
    return true;
  }

  purge(): void {
    this.#messages.clear();
  }

  counts(): QueueCounts {
    const now = this.#clock.now();
    const all = [...this.#messages.values()];
    const hidden = all.filter((message) => message.visibleAt > now);
    const delayed = hidden.filter((message) => message.receipt === undefined).length;
    return { visible: all.length - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  close(): void {
    this.#messages.close();
  }

  #accept(message: StoredMessage): StoredMessage {
    this.#messages.set(message.id, message);
    this.wake();
    return message;
  }

  /** Lets whoever waits for a change look again. */
  wake(): void {
    for (const arrived of [...this.#arrivals]) arrived();
  }

  #take(message: StoredMessage, hiddenSeconds: number): StoredMessage {
    const now = this.#clock.now();
    const taken: StoredMessage = {
      ...message,
      visibleAt: now + hiddenSeconds * 1000,
      receiveCount: message.receiveCount + 1,
      firstReceivedAt: message.firstReceivedAt ?? now,
      receipt: `${message.id}#${randomUUID()}`,
    };
    this.#messages.set(message.id, taken);
    return taken;
  }

  #moveIfExhausted(message: StoredMessage): boolean {
    const { redrive } = this.settings;
    if (redrive === undefined || this.#deadLetters === undefined) return false;
    if (message.receiveCount < redrive.maxReceiveCount) return false;
    const { id, body, attributes, sentAt } = message;
    this.#deadLetters.#accept({
      ...{ id, body, attributes, sentAt },
      visibleAt: this.#clock.now(),
      receiveCount: 0,
      deadLetterSource: this.settings.arn,
    });
    this.#messages.delete(id);
    return true;
  }

  #byReceipt(receipt: string): StoredMessage | undefined {
    const [id = ""] = receipt.split("#");
    const message = this.#messages.get(id);
    return message?.receipt === receipt ? message : undefined;
  }
}
