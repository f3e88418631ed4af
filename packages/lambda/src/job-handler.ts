import { log } from "./log.ts";

/** What the state machine of a chunked job gives its worker. */
export interface JobCall {
  /** Id of the record that the job is about. */
  id: string;
  /** Name of the execution: the id of the event that started it. */
  cause: string;
  /** True when the last call has failed for good and there will be no other. */
  gaveUp?: boolean;
}

/** What the state machine goes by: it ends, waits, or calls again. */
export interface JobAnswer {
  done: boolean;
  waitSeconds: number;
}

/** A job that is done in chunks. Each chunk may run again, and beside itself, without a second effect. */
export interface ChunkedJob {
  /**
   * Does the next chunk; `done` once nothing is left, `waitSeconds` when there is nothing to do for so long. It must end
   * well within a minute.
   */
  chunk(call: JobCall): Promise<{ done: boolean; records: number; waitSeconds?: number }>;
  /** Leaves a note for those who wait for the job. */
  giveUp(call: JobCall): Promise<void>;
}

/** A call goes on for so long, so that a job of a million records stays far below the steps an execution may have. */
const callMilliseconds = 30_000;

/** Handler of a worker: chunk after chunk for half a minute, then the state machine calls again unless `done`. */
export function jobHandler(name: string, job: ChunkedJob, limit = callMilliseconds) {
  return async (call: JobCall): Promise<JobAnswer> => {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    const { id: jobId, cause } = call;
    if (call.gaveUp) {
      await job.giveUp(call);
      log("error", { message: "job given up", job: name, jobId, cause });
      return { done: true, waitSeconds: 0 };
    }
    let records = 0;
    let done = false;
    let waitSeconds = 0;
    do {
      const chunk = await job.chunk(call);
      records += chunk.records;
      ({ done, waitSeconds = 0 } = chunk);
    } while (!done && waitSeconds === 0 && elapsed() < limit);
    log("info", { message: "job", job: name, jobId, cause, records, done, milliseconds: elapsed() });
    return { done, waitSeconds };
  };
}
