import { expect, test } from "vitest";
import { events } from "../events.ts";
import { eventSamples } from "./events.ts";

test.each(events.map((event) => [event.type, event] as const))(
  "the sample of %s is what its schema says",
  (type, event) => {
    // Strict: a sample must not name a field that the schema would drop.
    expect(event.schema.parse(eventSamples[type])).toEqual(eventSamples[type]);
  },
);

test("every event type is unique, in the past tense of its subject, and versioned", () => {
  const types = events.map((event) => event.type);
  expect(new Set(types).size).toBe(types.length);
  for (const type of types) expect(type).toMatch(/^[a-z]+\.[a-z_]+\.v\d+$/);
});
