import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { EventEnvelope } from "@shangji/contracts";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import { batchesOf, eventBus } from "./event-bus.ts";

function event(id: string, text = ""): EventEnvelope {
  return {
    id,
    type: "account.created.v1",
    occurredAt: "2026-11-02T08:30:00.000Z",
    customer: "aurora",
    actor: { id: "usr_1", source: "api" },
    sequence: 1,
    data: { text },
  };
}

test("a request has at most 10 entries and 256 KB, in order", () => {
  const small = Array.from({ length: 23 }, (_, index) => event(`evt_${index}`));
  expect(batchesOf(small).map((batch) => batch.length)).toEqual([10, 10, 3]);
  expect(batchesOf(small).flat()).toEqual(small);
  const large = Array.from({ length: 3 }, (_, index) => event(`evt_${index}`, "长".repeat(40_000)));
  expect(batchesOf(large).map((batch) => batch.length)).toEqual([2, 1]);
});

test("asks again for the refused entries alone, and names those that stay refused", async () => {
  const client = new EventBridgeClient({ region: "eu-central-1" });
  const mock = mockClient(client);
  mock.on(PutEventsCommand).callsFake(({ Entries }) => ({
    Entries: Entries.map(({ Detail }: { Detail: string }) =>
      Detail.includes("evt_bad") ? { ErrorCode: "ThrottlingException" } : { EventId: "1" },
    ),
  }));
  const refused = await eventBus("bus", client).publish([event("evt_good"), event("evt_bad")]);
  expect([...refused]).toEqual(["evt_bad"]);
  const sizes = mock.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries?.length);
  expect(sizes).toEqual([2, 1, 1, 1]);
});
