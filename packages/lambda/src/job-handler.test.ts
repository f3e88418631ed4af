import { expect, test, vi } from "vitest";
import { jobHandler } from "./job-handler.ts";

const call = { id: "usr_1", cause: "evt_1" };
vi.spyOn(process.stdout, "write").mockReturnValue(true);

function jobOf(chunks: number) {
  let left = chunks;
  return {
    chunk: vi.fn(async () => ({ done: --left <= 0, records: 10 })),
    giveUp: vi.fn(async () => undefined),
  };
}

test("one call does chunk after chunk until nothing is left", async () => {
  const job = jobOf(3);
  expect(await jobHandler("test", job)(call)).toEqual({ done: true });
  expect(job.chunk).toHaveBeenCalledTimes(3);
});

test("a call that has used up its time says that there is more to do", async () => {
  const job = jobOf(3);
  const work = jobHandler("test", job, 0);
  expect(await work(call)).toEqual({ done: false });
  expect(await work(call)).toEqual({ done: false });
  expect(await work(call)).toEqual({ done: true });
});

test("a call that finds nothing at the moment says when to call again, without trying meanwhile", async () => {
  const chunk = vi.fn(async () => ({ done: false, records: 0, waitSeconds: 60 }));
  expect(await jobHandler("test", { ...jobOf(1), chunk })(call)).toEqual({ done: false, waitSeconds: 60 });
  expect(chunk).toHaveBeenCalledTimes(1);
});

test("a job that was given up is told so and does no chunk", async () => {
  const job = jobOf(3);
  expect(await jobHandler("test", job)({ ...call, gaveUp: true })).toEqual({ done: true });
  expect(job.giveUp).toHaveBeenCalledExactlyOnceWith({ ...call, gaveUp: true });
  expect(job.chunk).not.toHaveBeenCalled();
});

test("a chunk that fails fails the call, so that the state machine tries again", async () => {
  const job = { ...jobOf(1), chunk: () => Promise.reject(new Error("not now")) };
  await expect(jobHandler("test", job)(call)).rejects.toThrow("not now");
});
