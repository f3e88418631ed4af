import { Worker } from "node:worker_threads";
import type { LocalClock } from "../clock/local-clock.ts";

/** An engine that listens on a port of its own, in a thread that tells local time. */
export interface ThreadEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export type ToEngine =
  | { readonly type: "clock"; readonly offsetMs: number }
  /** `refused` says why the question has no answer. */
  | { readonly type: "answer"; readonly id: number; readonly answer?: unknown; readonly refused?: string };
export type FromEngine<Note> =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "note"; readonly note: Note }
  | { readonly type: "question"; readonly id: number; readonly question: unknown };

export interface EnginePlan<Note> {
  readonly module: URL;
  readonly data: object;
  readonly clock: LocalClock;
  onNote?(note: Note): void;
  /** Answers what the engine asks; a rejection tells it why not. */
  onQuestion?(question: unknown): Promise<unknown>;
  log(line: string): void;
}

/** Starts the module as a thread and waits until it listens. */
export async function startEngine<Note = never>(plan: EnginePlan<Note>): Promise<ThreadEngine> {
  const thread = new Worker(plan.module, {
    workerData: { ...plan.data, clockOffsetMs: plan.clock.offset() },
    execArgv: [],
    // The engines' own chatter is not for the reader of the console.
    stdout: true,
    stderr: true,
  });
  thread.stdout.resume();
  thread.stderr.resume();
  const unsubscribe = plan.clock.onMove((offsetMs) =>
    thread.postMessage({ type: "clock", offsetMs } satisfies ToEngine),
  );
  const port = await new Promise<number>((resolve, reject) => {
    thread.on("message", (message: FromEngine<Note>) => {
      if (message.type === "listening") resolve(message.port);
      else if (message.type === "note") plan.onNote?.(message.note);
      else void answer(thread, message, plan);
    });
    thread.on("error", (error) => {
      reject(error);
      plan.log(
        `${plan.module.pathname.split("/").at(-1)} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      unsubscribe();
      await thread.terminate();
    },
  };
}

async function answer<Note>(
  thread: Worker,
  { id, question }: { id: number; question: unknown },
  { onQuestion }: EnginePlan<Note>,
): Promise<void> {
  const reply = await (onQuestion?.(question) ?? Promise.reject(new Error("nobody answers"))).then(
    (given) => ({ answer: given }),
    (error: unknown) => ({ refused: error instanceof Error ? error.message : String(error) }),
  );
  thread.postMessage({ type: "answer", id, ...reply } satisfies ToEngine);
}
