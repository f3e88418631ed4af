import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext, testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { resolveCondition } from "../conditions/resolve-condition.ts";
import { readerOf } from "../lists/question.ts";
import { createPipeline } from "../pipelines/create-pipeline.ts";
import { stageIds } from "../pipelines/stage-ids.ts";
import { opportunityFields as fields } from "./fields.ts";
import { impliedStatus } from "./implied-status.ts";

test("A4 a stage says which status its deals have, and an unknown one says nothing", async () => {
  const { pipelines } = fakeStores();
  const context = testContext();
  const types = ["open", "open", "won", "lost"] as const;
  let made = 0;
  const { stages } = await createPipeline(
    {
      name: { en: "Sales" },
      stages: types.map((type, index) => ({ name: { en: `${type} ${index}` }, type })),
      isDefault: true,
    },
    { pipelines, context, stageIds: stageIds(() => new Uint8Array(10).fill(++made)) },
  );
  const [first = "", second = "", won = ""] = stages.map(({ id }) => id);
  const reader = readerOf({ viewer: testViewer(), clock: context.clock, zone: "UTC" });
  const implied = async (stage: object) => {
    const where = resolveCondition(
      {
        all: [
          { field: "name", exists: true },
          { field: "stageId", ...stage },
        ],
      },
      { fields, hidden: new Set(), reader, pointer: "" },
    );
    const term = await impliedStatus(where, pipelines);
    return term?.form === "term" ? term.term.tests.flatMap((each) => (each.is === "in" ? [...each.values] : [])) : term;
  };
  expect(await implied({ in: [first, second] })).toEqual(["open"]);
  expect(await implied({ in: [first, won] })).toEqual(["open", "won"]);
  expect(await implied({ in: [first, "stg_0000000000"] })).toBeUndefined();
  expect(await implied({ exists: true })).toBeUndefined();
});
