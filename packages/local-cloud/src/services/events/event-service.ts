import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CloudContext, LocalService } from "../../service.ts";
import { isObject } from "../../template/assembly.ts";
import type { JsonObject } from "../../template/deployment.ts";
import { type KeptMap, openKeptMap } from "../keeping/kept-map.ts";
import { PendingWork } from "../timing/pending-work.ts";
import { jsonHandler } from "../wire/json-operations.ts";
import { type Listener, listen } from "../wire/listen.ts";
import { listMember } from "../wire/read-input.ts";
import { type BusEvent, eventTime } from "./bus-event.ts";
import { type DeliveryPorts, deliver } from "./deliver.ts";
import type { EventSink, PutResult } from "./event-sink.ts";
import { acceptEntry, requirePutLimits } from "./put-entries.ts";
import { QuietGate } from "./quiet-gate.ts";
import { type Rule, readRules } from "./rule.ts";
import { runSchedules } from "./schedules.ts";

/** EventBridge: buses, rules and schedules of the template, and the PutEvents endpoint. */
export interface EventService extends LocalService, EventSink {
  /** Delivers what was accepted before the last stop and begins the schedules; once all targets are up. */
  resume(): void;
}

/** An event that is accepted and not yet delivered to a target. */
interface PendingDelivery {
  readonly ruleArn: string;
  readonly targetId: string;
  readonly event: BusEvent;
}

export function createEventService(ports: Pick<DeliveryPorts, "queues" | "machines">): EventService {
  const bus = new Bus(ports);
  let listener: Listener | undefined;
  return {
    name: "events",
    endpointEnv: "AWS_ENDPOINT_URL_EVENTBRIDGE",
    get endpoint() {
      return listener?.url ?? "";
    },
    async start(ctx: CloudContext) {
      bus.open(ctx);
      const PutEvents = (input: JsonObject): object => {
        const entries = listMember(input, "Entries");
        requirePutLimits(entries);
        const Entries = bus.put(entries.filter(isObject));
        return { Entries, FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length };
      };
      listener = await listen(
        jsonHandler({ target: "AWSEvents", version: "1.1", operations: { PutEvents }, bodyLimit: 4_194_304 }),
      );
    },
    async stop() {
      await listener?.close();
      await bus.close();
    },
    put: (entries) => bus.put(entries),
    putAwsEvent: (event) => bus.putAwsEvent(event),
    busArn: (nameOrArn) => bus.busArn(nameOrArn),
    resume: () => bus.resume(),
    isIdle: () => bus.work.isIdle(),
    settle: () => bus.work.settle(),
  };
}

class Bus implements EventSink {
  readonly work = new PendingWork();
  readonly #ports: Pick<DeliveryPorts, "queues" | "machines">;
  readonly #stopped = new AbortController();
  readonly #gate = new QuietGate(() => this.#context.isBusy(), this.#stopped.signal);
  #ctx: CloudContext | undefined;
  #rules: readonly Rule[] = [];
  #pending: KeptMap<PendingDelivery> = openKeptMap(undefined);
  #stopSchedules: () => void = () => undefined;

  constructor(ports: Pick<DeliveryPorts, "queues" | "machines">) {
    this.#ports = ports;
  }

  open(ctx: CloudContext): void {
    this.#ctx = ctx;
    this.#rules = readRules(ctx.deployment, (nameOrArn) => this.busArn(nameOrArn));
    this.#pending = openKeptMap(ctx.dataDir && join(ctx.dataDir, "events", "pending.jsonl"));
  }

  async close(): Promise<void> {
    this.#stopSchedules();
    this.#stopped.abort();
    // What does not end is delivered again by `resume`.
    await Promise.race([this.work.settle(), new Promise((resolve) => setTimeout(resolve, 100).unref())]);
    this.#pending.close();
  }

  busArn(nameOrArn = "default"): string {
    if (nameOrArn.startsWith("arn:")) return nameOrArn;
    const { region, accountId } = this.#context.deployment;
    return `arn:aws:events:${region}:${accountId}:event-bus/${nameOrArn}`;
  }

  put(entries: readonly JsonObject[]): PutResult[] {
    const { deployment, clock } = this.#context;
    const context = {
      account: deployment.accountId,
      region: deployment.region,
      now: clock.now(),
      knownBus: (nameOrArn: string | undefined) => {
        const arn = this.busArn(nameOrArn);
        return arn === this.busArn() || deployment.find(arn) !== undefined ? arn : undefined;
      },
    };
    return entries.map((entry) => {
      const accepted = acceptEntry(entry, context);
      if (accepted.refusal !== undefined) return accepted.refusal;
      this.#route(accepted.busArn, accepted.event);
      return { EventId: accepted.event.id };
    });
  }

  putAwsEvent({ source, detailType, resources, detail }: Parameters<EventSink["putAwsEvent"]>[0]): void {
    this.#route(
      this.busArn(),
      this.#envelope({ source, detailType, resources, detail, timeMs: this.#context.clock.now() }),
    );
  }

  resume(): void {
    for (const [key, { ruleArn, targetId, event }] of [...this.#pending.entries()]) {
      const rule = this.#rules.find(({ arn }) => arn === ruleArn);
      if (rule?.targets.some(({ id }) => id === targetId)) this.#deliver(key, rule, targetId, event);
      else this.#pending.delete(key);
    }
    this.#stopSchedules = runSchedules(this.#rules, this.#context.clock, (rule, timeMs) => {
      const event = this.#envelope({
        source: "aws.events",
        detailType: "Scheduled Event",
        resources: [rule.arn],
        detail: {},
        timeMs,
      });
      this.#toTargets(rule, event);
    });
  }

  get #context(): CloudContext {
    if (this.#ctx === undefined) throw new Error("the event service has not been started");
    return this.#ctx;
  }

  #envelope(given: Parameters<EventSink["putAwsEvent"]>[0] & { readonly timeMs: number }): BusEvent {
    const { deployment } = this.#context;
    return {
      version: "0",
      id: randomUUID(),
      "detail-type": given.detailType,
      source: given.source,
      account: deployment.accountId,
      time: eventTime(given.timeMs),
      region: deployment.region,
      resources: given.resources,
      detail: given.detail,
    };
  }

  #route(busArn: string, event: BusEvent): void {
    for (const rule of this.#rules) {
      if (rule.busArn === busArn && rule.matches?.(event)) this.#toTargets(rule, event);
    }
  }

  #toTargets(rule: Rule, event: BusEvent): void {
    for (const { id: targetId } of rule.targets) {
      const key = randomUUID();
      this.#pending.set(key, { ruleArn: rule.arn, targetId, event });
      this.#deliver(key, rule, targetId, event);
    }
  }

  #deliver(key: string, rule: Rule, targetId: string, event: BusEvent): void {
    const target = rule.targets.find(({ id }) => id === targetId);
    if (target === undefined) return;
    const ports: DeliveryPorts = {
      ...this.#ports,
      ctx: this.#context,
      forward: (busArn, forwarded) => this.#route(busArn, forwarded),
      signal: this.#stopped.signal,
    };
    void this.work.run(async () => {
      const delivery = () => deliver(rule, target, event, ports);
      const isFunction = target.arn.split(":")[2] === "lambda";
      const done = await (isFunction ? this.#gate.pass(delivery) : delivery());
      if (done && !this.#stopped.signal.aborted) this.#pending.delete(key);
    });
  }
}
