import { Agent, request } from "node:http";
import { Worker } from "node:worker_threads";
import type { OperationName } from "./operations.ts";
import type { World } from "./world.ts";

/** One request of a load; the worker's number keeps parallel writers on records of their own. */
export interface Call {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Latencies {
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
}

/** What is asked of whom, by how many callers at once, for how long. */
export interface LoadPlan {
  apiUrl: string;
  token: string;
  operation: OperationName;
  callers: number;
  seconds: number;
  world: World;
}

/**
 * Runs a load on a thread of its own, as callers are not part of the stack. Opportunities that it moves are noted in the
 * world. @throws Error at the first answer that is no success
 */
export function load(plan: LoadPlan): Promise<Latencies> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./load-thread.ts", import.meta.url), { workerData: plan });
    thread.once("message", ({ latencies, moved }: { latencies: Latencies; moved: Set<number> }) => {
      plan.world.moved = moved;
      resolve(latencies);
    });
    thread.once("error", reject);
  });
}

const warmUpMilliseconds = 1_500;

/**
 * Lets `callers` ask one request after the other for some seconds, after a warm-up that does not count. Latencies are in
 * milliseconds as a caller sees them.
 */
export async function runLoad(
  { apiUrl, token, callers, seconds }: LoadPlan,
  next: (worker: number, turn: number) => Call,
): Promise<Latencies> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const counted: number[] = [];
  const begin = performance.now() + warmUpMilliseconds;
  const end = begin + seconds * 1000;
  const work = async (worker: number) => {
    for (let turn = 0; performance.now() < end; turn++) {
      const started = performance.now();
      await send(agent, apiUrl, token, next(worker, turn));
      if (started >= begin) counted.push(performance.now() - started);
    }
  };
  try {
    await Promise.all(Array.from({ length: callers }, (_, worker) => work(worker)));
  } finally {
    agent.destroy();
  }
  counted.sort((left, right) => left - right);
  const elapsed = (performance.now() - begin) / 1000;
  return {
    perSecond: round(counted.length / elapsed),
    p50: quantile(counted, 0.5),
    p95: quantile(counted, 0.95),
    p99: quantile(counted, 0.99),
  };
}

/** The value below which the share lies, of sorted values. */
export function quantile(sorted: readonly number[], share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((left, right) => left - right),
    0.5,
  );
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Node's own client: it takes the least from the two cores that the stack shares with the load. */
function send(agent: Agent, apiUrl: string, token: string, { method, path, body, headers }: Call): Promise<void> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      apiUrl + path,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(text === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
          ...headers,
        },
      },
      (response) => {
        let answer = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          answer += chunk;
        });
        response.on("end", () => {
          if ((response.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.slice(0, 300)}`));
        });
        response.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end(text);
  });
}
