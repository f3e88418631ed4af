import { chunkedJob } from "@shangji/infra/constructs/chunked-job";
import { StateMachine } from "aws-local-stepfunctions";
import { expect, it, vi } from "vitest";

type Call = { id: string; cause: string; gaveUp?: boolean };

/** Runs the loop with this function in the place of its worker. */
function start(worker: (call: Call) => object) {
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
  return { result: execution.result, events: execution.eventLogs };
}

const run = (worker: (call: Call) => object) => start(worker).result;

it("calls the worker until nothing is left, with the id and the cause each time", async () => {
  let left = 3;
  const worker = vi.fn(() => ({ done: --left === 0 }));
  await run(worker);
  expect(worker.mock.calls).toEqual(Array.from({ length: 3 }, () => [{ id: "usr_1", cause: "evt_1" }]));
});

it("pauses as long as the worker says, and then calls it again", async () => {
  const answers = [{ done: false, waitSeconds: 60 }, { done: false }, { done: true }];
  const worker = vi.fn(() => answers.shift() ?? {});
  const { result, events } = start(worker);
  await result;
  expect(worker).toHaveBeenCalledTimes(3);
  const seen: string[] = [];
  for await (const event of events) if (event.type === "StateEntered" && "state" in event) seen.push(event.state.name);
  expect(seen.filter((name) => name === "Wait")).toHaveLength(1);
});

it("tries a call again that fails for a moment", async () => {
  const worker = vi
    .fn<(call: Call) => object>()
    .mockRejectedValueOnce(new Error("not now"))
    .mockReturnValue({ done: true });
  await run(worker);
  expect(worker).toHaveBeenCalledTimes(2);
});

it("tells the worker once that it was given up, and fails", async () => {
  const calls: Call[] = [];
  const running = run((call) => {
    calls.push(call);
    if (!call.gaveUp) throw new Error("broken");
    return { done: true };
  });
  await expect(running).rejects.toThrow("The job was given up");
  expect(calls.filter(({ gaveUp }) => gaveUp)).toEqual([{ id: "usr_1", cause: "evt_1", gaveUp: true }]);
  expect(calls.length).toBeGreaterThan(3);
});
