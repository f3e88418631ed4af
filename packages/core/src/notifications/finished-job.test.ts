import type { EventType } from "@shangji/contracts";
import { eventSamples } from "@shangji/contracts/samples/events";
import { expect, test } from "vitest";
import { finishedJob, type JobEvent } from "./finished-job.ts";

const told = (type: EventType, data: object = {}) => {
  const event = eventSamples[type] as unknown as JobEvent; // samples are events
  return finishedJob({ ...event, data: { ...event.data, ...data } });
};
const user = eventSamples["export.completed.v1"].data.ownerId;

test.each([
  ["export.completed.v1", {}, "export_completed", "opportunity", { count: 1_204 }],
  ["export.failed.v1", {}, "export_failed", "opportunity", undefined],
  ["import.completed.v1", {}, "import_completed", "account", { count: 85, created: 85, updated: 0, failed: 0 }],
  [
    "import.completed.v1",
    { dryRun: true },
    "import_tried",
    "account",
    { count: 85, created: 85, updated: 0, failed: 0 },
  ],
  ["import.failed.v1", {}, "import_failed", "account", { count: 85, created: 85, updated: 0, failed: 0 }],
  ["data_subject_request.failed.v1", {}, "data_subject_request_failed", undefined, undefined],
] as const)("D4 %s %j is told to whoever has asked for it, as %s", (type, data, kind, records, counts) => {
  const telling = told(type, data);
  expect(telling).toMatchObject({ kind, recipientId: user, ownerOnly: false });
  expect([telling?.records, telling?.counts]).toEqual([records, counts]);
  expect(telling?.subject.id).toBe(eventSamples[type].data.id);
});

test("D4 what a machine has asked for, and what has only begun, is told to nobody", () => {
  const machine = "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
  expect(told("export.completed.v1", { ownerId: machine })).toBeUndefined();
  expect(told("import.completed.v1", { createdBy: machine })).toBeUndefined();
  expect(told("export.created.v1")).toBeUndefined();
  expect(told("data_subject_request.created.v1")).toBeUndefined();
  expect(told("lead.created.v1")).toBeUndefined();
});

test("D4 nothing of why it failed, and no filter, goes into an inbox", () => {
  expect(JSON.stringify([told("export.failed.v1"), told("import.failed.v1")])).not.toMatch(/problem|filter|万/);
});
