import { StateMachine } from "aws-local-stepfunctions";
import { expect, it } from "vitest";
import { definitionOf } from "./state-machines.ts";
import { customers, templatesOf } from "./templates.ts";

it("state machines of all customers have a shape that Step Functions takes", async () => {
  const templates = await Promise.all(customers.map(templatesOf));
  const machines = templates.flatMap((template) => template.ofType("AWS::StepFunctions::StateMachine"));
  const distinct = new Map(machines.map((machine) => [JSON.stringify(definitionOf(machine)), machine.id]));
  expect(distinct.size).toBeGreaterThan(2);
  for (const [definition, id] of distinct) expect(() => new StateMachine(JSON.parse(definition)), id).not.toThrow();
  const [first = ""] = distinct.keys();
  expect(() => new StateMachine({ ...JSON.parse(first), StartAt: "Nowhere" })).toThrow(/Nowhere/);
});
