import { chunkedJob } from "@shangji/infra/constructs/chunked-job";
import { StateMachine } from "aws-local-stepfunctions";
import { expect, it, vi } from "vitest";

type Call = { id: string; cause: string; gaveUp?: boolean };

/** Runs the loop with this function in the place of its worker. */
async function run(
  worker: (call: Call) => object,
  onState: (name: string) => void = () => undefined,
): Promise<unknown> {
  const handler = async (call: unknown) => worker(call as Call) as { done: boolean };
  const definition = chunkedJob("arn:aws:lambda:us-east-1:000000000000:function:worker");
  const machine = new StateMachine(JSON.parse(JSON.stringify(definition)));
  const execution = machine.run(
    { id: "usr_1" },
    {
      context: { Execution: { Name: "evt_1" } },
      overrides: {
        taskResourceLocalHandlers: { Work: handler, "Give up": handler },
        retryIntervalOverrides: { Work: 0, "Give up": 0 },
        waitTimeOverrides: { Wait: 0 },
      },
    },
  );
  execution.result.catch(() => undefined);
  for await (const event of execution.eventLogs) if (event.type === "StateEntered") onState(event.state.name);
  return execution.result;
}

it("calls the worker until nothing is left, with the id and the cause each time", async () => {
  let left = 3;
  const worker = vi.fn(() => ({ done: --left === 0, waitSeconds: 0 }));
  await run(worker);
  expect(worker.mock.calls).toEqual(Array.from({ length: 3 }, () => [{ id: "usr_1", cause: "evt_1" }]));
});

it("tries a call again that fails for a moment", async () => {
  const worker = vi
    .fn<(call: Call) => object>()
    .mockRejectedValueOnce(new Error("not now"))
    .mockReturnValue({ done: true, waitSeconds: 0 });
  await run(worker);
  expect(worker).toHaveBeenCalledTimes(2);
});

it("tells the worker once that it was given up, and fails", async () => {
  const calls: Call[] = [];
  const running = run((call) => {
    calls.push(call);
    if (!call.gaveUp) throw new Error("broken");
    return { done: true, waitSeconds: 0 };
  });
  await expect(running).rejects.toThrow("The job was given up");
  expect(calls.filter(({ gaveUp }) => gaveUp)).toEqual([{ id: "usr_1", cause: "evt_1", gaveUp: true }]);
  expect(calls.length).toBeGreaterThan(3);
});

it("waits when the worker says so, and calls again", async () => {
  const worker = vi
    .fn<(call: Call) => object>()
    .mockReturnValueOnce({ done: false, waitSeconds: 1 })
    .mockReturnValue({ done: true, waitSeconds: 0 });
  const entered: string[] = [];
  await run(worker, (state) => entered.push(state));
  expect(entered).toEqual(["Work", "Is anything left", "Wait", "Work", "Is anything left", "Done"]);
});
