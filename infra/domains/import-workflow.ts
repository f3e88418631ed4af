import { retry } from "../constructs/retry.ts";

/** ARNs of the step functions of an import. */
export interface ImportSteps {
  readonly prepare: string;
  readonly runChunk: string;
  readonly finish: string;
  readonly fail: string;
}

/** Chunks that run at the same time; more would only contend for the same table. */
const chunksAtOnce = 4;

const giveUp = [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Fail import" }];

/**
 * The workflow of an import, as ASL. Input {importId}; `prepare` answers {importId, chunks: [...]}, each chunk is the
 * input of one `runChunk`, `finish` gets what `prepare` answered, `fail` gets it with {error: {Error, Cause}}.
 */
export function importWorkflow(steps: ImportSteps) {
  return {
    Comment: "Reads an uploaded CSV in chunks. Repeating any step changes nothing twice.",
    StartAt: "Prepare",
    TimeoutSeconds: 6 * 60 * 60,
    States: {
      Prepare: { Type: "Task", Resource: steps.prepare, Retry: retry, Catch: giveUp, Next: "Run chunks" },
      "Run chunks": {
        Type: "Map",
        ItemsPath: "$.chunks",
        MaxConcurrency: chunksAtOnce,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "Run chunk",
          States: { "Run chunk": { Type: "Task", Resource: steps.runChunk, Retry: retry, End: true } },
        },
        // The results are in the table; kept here they could outgrow the state.
        ResultPath: null,
        Catch: giveUp,
        Next: "Finish",
      },
      Finish: { Type: "Task", Resource: steps.finish, Retry: retry, Catch: giveUp, End: true },
      "Fail import": { Type: "Task", Resource: steps.fail, Retry: retry, Next: "Failed" },
      Failed: { Type: "Fail", Error: "ImportFailed", Cause: "The import was given up; its record tells why." },
    },
  };
}
