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

export interface Chunk {
  done: boolean;
  records: number;
  /** Nothing is left to do now, but there may be after so many seconds. */
  waitSeconds?: number;
}

/** A job that is done in chunks. Each chunk may run again, and beside itself, without a second effect. */
export interface ChunkedJob {
  /** Does the next chunk; `done` once nothing is left. It must end well within a minute. */
  chunk(call: JobCall): Promise<Chunk>;
  /** Leaves a note for those who wait for the job. */
  giveUp(call: JobCall): Promise<void>;
}

/** A call goes on for so long, so that a job of a million records stays far below the steps an execution may have. */
const callMilliseconds = 30_000;

/**
 * Handler of a worker: chunk after chunk for half a minute, then the state machine calls again unless `done`, at once or
 * after `waitSeconds`.
 */
export function jobHandler(name: string, job: ChunkedJob, limit = callMilliseconds) {
  return async (call: JobCall): Promise<Pick<Chunk, "done" | "waitSeconds">> => {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    const { id: jobId, cause } = call;
    if (call.gaveUp) {
      await job.giveUp(call);
      log("error", { message: "job given up", job: name, jobId, cause });
      return { done: true };
    }
    let records = 0;
    let chunk: Chunk;
    do {
      chunk = await job.chunk(call);
      records += chunk.records;
    } while (!chunk.done && chunk.waitSeconds === undefined && elapsed() < limit);
    const { done, waitSeconds } = chunk;
    log("info", { message: "job", job: name, jobId, cause, records, done, milliseconds: elapsed() });
    return waitSeconds === undefined ? { done } : { done, waitSeconds };
  };
}
