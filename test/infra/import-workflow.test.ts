import { StateMachine } from "aws-local-stepfunctions";
import { describe, expect, it } from "vitest";
import { definitionOf } from "./state-machines.ts";
import { templatesOf } from "./templates.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a step answers is JSON of its own making
type Step = (input: never) => any;
interface Chunk {
  importId: string;
  chunk: number;
}

const chunksOf = (importId: string, count: number): Chunk[] =>
  Array.from({ length: count }, (_, chunk) => ({ importId, chunk }));

/** Runs the state machine of the template with these functions in the place of its steps. */
async function run(steps: Record<string, Step>): Promise<unknown> {
  const machine = (await templatesOf("local"))
    .ofType("AWS::StepFunctions::StateMachine")
    .find(({ id }) => id.startsWith("Imports"));
  if (!machine) throw new Error("the template has no workflow of imports");
  const handlers = Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [name, async (input: unknown) => step(input as never)]),
  );
  const retries = Object.fromEntries(Object.keys(steps).map((name) => [name, 0]));
  const execution = new StateMachine(definitionOf(machine)).run(
    { importId: "imp_1" },
    { overrides: { taskResourceLocalHandlers: handlers, retryIntervalOverrides: retries } },
  );
  return execution.result;
}

describe("workflow of an import", () => {
  it("runs every chunk between preparation and end, at most four at a time", async () => {
    const ran: number[] = [];
    let running = 0;
    let most = 0;
    const result = await run({
      Prepare: ({ importId }: { importId: string }) => ({ importId, chunks: chunksOf(importId, 25) }),
      "Run chunk": async ({ importId, chunk }: Chunk) => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        ran.push(chunk);
        running--;
        return { importId, chunk, rows: 500 };
      },
      Finish: ({ importId, chunks }: { importId: string; chunks: Chunk[] }) => ({ importId, chunks: chunks.length }),
      "Fail import": () => expect.unreachable("nothing has failed"),
    });
    expect(result).toEqual({ importId: "imp_1", chunks: 25 });
    expect(ran.sort((left, right) => left - right)).toEqual(chunksOf("", 25).map(({ chunk }) => chunk));
    expect(most).toBeLessThanOrEqual(4);
  });

  it("needs no chunk", async () => {
    const result = await run({
      Prepare: ({ importId }: { importId: string }) => ({ importId, chunks: [] }),
      "Run chunk": () => expect.unreachable("there is no chunk"),
      Finish: ({ importId }: { importId: string }) => ({ importId }),
      "Fail import": () => expect.unreachable("nothing has failed"),
    });
    expect(result).toEqual({ importId: "imp_1" });
  });

  it("tries a step again that fails for a moment", async () => {
    let attempts = 0;
    const result = await run({
      Prepare: ({ importId }: { importId: string }) => ({ importId, chunks: chunksOf(importId, 1) }),
      "Run chunk": () => {
        if (++attempts < 3) throw new Error("not now");
        return {};
      },
      Finish: ({ importId }: { importId: string }) => ({ importId }),
      "Fail import": () => expect.unreachable("the third attempt succeeds"),
    });
    expect(result).toEqual({ importId: "imp_1" });
    expect(attempts).toBe(3);
  });

  it.each(["Prepare", "Run chunk", "Finish"])("marks the import as failed when %s fails for good", async (step) => {
    const failed: unknown[] = [];
    const steps: Record<string, Step> = {
      Prepare: ({ importId }: { importId: string }) => ({ importId, chunks: chunksOf(importId, 3) }),
      "Run chunk": () => ({}),
      Finish: ({ importId }: { importId: string }) => ({ importId }),
      "Fail import": (input) => {
        failed.push(input);
        return {};
      },
    };
    steps[step] = () => {
      throw new Error("broken");
    };
    await expect(run(steps)).rejects.toThrow();
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({
      importId: "imp_1",
      error: { Error: expect.any(String), Cause: expect.any(String) },
    });
  });
});
