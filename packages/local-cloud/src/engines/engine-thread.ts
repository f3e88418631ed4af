import { Worker } from "node:worker_threads";
import type { LocalClock } from "../clock/local-clock.ts";

/** An engine that listens on a port of its own, in a thread that tells local time. */
export interface ThreadEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export type ToEngine = { readonly type: "clock"; readonly offsetMs: number };
export type FromEngine<Note> =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "note"; readonly note: Note };

export interface EnginePlan<Note> {
  readonly module: URL;
  readonly data: object;
  readonly clock: LocalClock;
  onNote?(note: Note): void;
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
      else plan.onNote?.(message.note);
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
