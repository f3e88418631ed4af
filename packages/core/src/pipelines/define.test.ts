import { NewPipeline } from "@shangji/contracts/pipelines/schemas";
import { expect, test } from "vitest";
import { buildDefinition } from "./define.ts";
import { stageIds } from "./stage-ids.ts";

const stages = [
  { name: { en: "Prospecting" }, type: "open" },
  { name: { en: "Engaging" }, type: "open" },
  { name: { en: "Won" }, type: "won" },
  { name: { en: "Lost" }, type: "lost" },
] as const;

function counter() {
  let count = 0;
  return () => `stg_${String(++count).padStart(10, "0")}`;
}
const built = buildDefinition({ stages: [...stages] }, [], counter());
const names = new Map(built.stages.map((stage) => [stage.id, stage.name.en]));

test("without transitions there is no skipping and no way back", () => {
  expect(built.transitions.map(({ from, to }) => `${names.get(from)} -> ${names.get(to)}`)).toEqual([
    "Prospecting -> Engaging",
    "Prospecting -> Lost",
    "Engaging -> Won",
    "Engaging -> Lost",
  ]);
});

test("probabilities rise to the won stage and are nothing in the lost one", () => {
  expect(built.stages.map((stage) => stage.probability)).toEqual([33, 67, 100, 0]);
});

test("transitions by position become transitions by id", () => {
  const transition = { from: 1, to: 0, requiredFields: [], requiresReason: true };
  const { transitions } = buildDefinition({ stages: [...stages], transitions: [transition] }, [], counter());
  expect(transitions).toEqual([{ ...transition, from: "stg_0000000002", to: "stg_0000000001" }]);
});

test.each([
  [0, 4],
  [9, 1],
  [1, 1],
])("a transition from position %i to %i is refused", (from, to) => {
  const transitions = [{ from, to, requiredFields: [], requiresReason: false }];
  const refused = () => buildDefinition({ stages: [...stages], transitions }, [], counter());
  expect(refused).toThrow(expect.objectContaining({ code: "invalid_request" }));
});

test("a stage that names its id stays that stage; its type does not change, and foreign or doubled ids are refused", () => {
  const keep = built.stages.map(({ id, name, type }) => ({ id, name, type }));
  const [first, second, ...closed] = keep as [(typeof keep)[0], (typeof keep)[0], ...typeof keep]; // four stages
  expect(buildDefinition({ stages: [second, first, ...closed] }, built.stages, counter()).stages[0]?.id).toBe(
    second.id,
  );
  const retyped = [{ ...first, type: "won" as const }, second, ...closed];
  const foreign = [{ ...first, id: "stg_elsewhere1" }, second, ...closed];
  const doubled = [first, { ...second, id: first.id }, ...closed];
  expect(() => buildDefinition({ stages: retyped }, built.stages, counter())).toThrow("keeps its type");
  expect(() => buildDefinition({ stages: foreign }, built.stages, counter())).toThrow("There is no record");
  expect(() => buildDefinition({ stages: doubled }, built.stages, counter())).toThrow("named twice");
});

test.each([
  ["no open stage", stages.slice(2)],
  ["no lost stage", stages.slice(0, 3)],
  ["a closed stage before an open one", [stages[2], stages[0], stages[3]]],
  ["two won stages", [...stages, stages[2]]],
])("a definition with %s is not valid", (_, wrong) => {
  expect(NewPipeline.safeParse({ name: { en: "Sales" }, stages: wrong }).success).toBe(false);
});

test("stage ids have the form that the contract asks for", () => {
  expect(stageIds(() => Uint8Array.from([0, 35, 36, 255, 1, 2, 3, 4, 5, 6]))()).toBe("stg_0z03123456");
});
