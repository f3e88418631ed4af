import { leadRouting } from "@shangji/infra/domains/lead-routing";
import { StateMachine } from "aws-local-stepfunctions";
import { expect, it, vi } from "vitest";
import { customers, idOf, templatesOf } from "./templates.ts";

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** Runs the workflow with these functions in the place of its steps. */
function run(assign: (input: unknown) => object, score: (input: unknown) => object = () => ({})): Promise<unknown> {
  const definition = leadRouting({ score: arnOf("score"), assign: arnOf("assign") });
  const machine = new StateMachine(JSON.parse(JSON.stringify(definition)));
  return machine.run(
    { id: "lead_1" },
    {
      context: { Execution: { Name: "evt_1" } },
      overrides: {
        taskResourceLocalHandlers: {
          Score: async (input: unknown) => score(input) as { outcome: string },
          Assign: async (input: unknown) => assign(input) as { outcome: string },
        },
        retryIntervalOverrides: { Score: 0, Assign: 0 },
      },
    },
  ).result;
}

const busy = () => Object.assign(new Error("busy"), { name: "AssignmentBusy" });

it("tells the step which lead it is about and which event has told of it", async () => {
  const assign = vi.fn(() => ({ outcome: "assigned" }));
  expect(await run(assign)).toEqual({ outcome: "assigned" });
  expect(assign.mock.calls).toEqual([[{ leadId: "lead_1", cause: "evt_1" }]]);
});

it("scores the lead first, and gives it to somebody all the same when it cannot be scored", async () => {
  const steps: string[] = [];
  const step = (name: string) => (input: unknown) => {
    steps.push(`${name} ${JSON.stringify(input)}`);
    return { outcome: name };
  };
  const input = JSON.stringify({ leadId: "lead_1", cause: "evt_1" });
  expect(await run(step("assign"), step("score"))).toEqual({ outcome: "assign" });
  expect(steps).toEqual([`score ${input}`, `assign ${input}`]);
  const broken = vi.fn(() => {
    throw new Error("broken");
  });
  expect(await run(step("assign"), broken)).toEqual({ outcome: "assign" });
  expect(broken).toHaveBeenCalledTimes(4);
  expect(steps.at(-1)).toBe(`assign ${input}`);
});

it("waits long for its turn among leads of the same rule, and not so long for what is broken", async () => {
  let tries = 0;
  await run(() => {
    if (++tries <= 20) throw busy();
    return {};
  });
  expect(tries).toBe(21);
  const broken = vi.fn(() => {
    throw new Error("broken");
  });
  await expect(run(broken)).rejects.toThrow("broken");
  expect(broken).toHaveBeenCalledTimes(4);
});

const starts = customers.flatMap((customer) => [
  { customer, rule: "LeadsCreated", type: "lead.created.v1" },
  { customer, rule: "LeadsFreed", type: "lead.status_changed.v1" },
  { customer, rule: "LeadsRestored", type: "lead.restored.v1" },
]);

it.each(starts)("is started for each lead that nobody has, and for no other, by $type at $customer", async (start) => {
  const templates = await templatesOf(start.customer);
  const rule = templates.ofType("AWS::Events::Rule").find(({ id }) => id.startsWith(start.rule));
  const machine = templates.ofType("AWS::StepFunctions::StateMachine").find(({ id }) => id.startsWith("LeadsRouting"));
  expect(rule?.Properties.EventPattern).toEqual({
    source: ["shangji"],
    "detail-type": [start.type],
    detail: { data: { status: ["new"], ownerId: [{ exists: false }] } },
  });
  const [target] = rule?.Properties.Targets ?? [];
  expect(JSON.stringify(target.InputTransformer)).toContain(String(machine?.id));
  expect(target.InputTransformer.InputPathsMap).toEqual({
    "detail-id": "$.detail.id",
    "detail-data-id": "$.detail.data.id",
  });
  expect(idOf(target.DeadLetterConfig.Arn)).toMatch(/^JobsFailedStarts/);
});
