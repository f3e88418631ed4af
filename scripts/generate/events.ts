import { events } from "@shangji/contracts";
import { eventSamples } from "@shangji/contracts/samples/events";
import * as z from "zod";

type Json = Record<string, unknown>;

/** JSON Schema and a sample of every event that partners may receive, by type. */
export function eventSchemas(): Json {
  return Object.fromEntries(
    events.map(({ type, summary, schema }) => [
      type,
      {
        summary,
        schema: z.toJSONSchema(schema, { io: "input", reused: "inline", unrepresentable: "any" }),
        sample: eventSamples[type],
      },
    ]),
  );
}
