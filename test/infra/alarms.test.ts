import { readFileSync } from "node:fs";
import { readCustomer } from "@shangji/infra/customer";
import { describe, expect, it } from "vitest";
import { customers, idOf, type Templates, templatesOf, valuesIn } from "./templates.ts";

const runbook = readFileSync(new URL("../../infra/RUNBOOK.md", import.meta.url), "utf8");
const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

const alarmsOf = ({ ofType }: Templates) => ofType("AWS::CloudWatch::Alarm");
const sectionOf = (description: string) => /infra\/RUNBOOK\.md#([a-z-]+)$/.exec(description)?.[1];

/** Logical ids of resources whose metric some alarm watches under this name. */
function watched(templates: Templates, metricName: string): Set<string | undefined> {
  const stats = alarmsOf(templates).flatMap(({ Properties }) => valuesIn(Properties));
  return new Set(
    stats
      // biome-ignore lint/suspicious/noExplicitAny: JSON of a template
      .filter((value): value is any => typeof value === "object" && (value as any)?.MetricName === metricName)
      .flatMap(({ Dimensions }) => Dimensions.map(({ Value }: { Value: unknown }) => idOf(Value) ?? importedId(Value))),
  );
}

/** Logical id of what the other stack exports. */
function importedId(reference: unknown): string | undefined {
  const name = (reference as { "Fn::ImportValue"?: string } | undefined)?.["Fn::ImportValue"];
  return /:ExportsOutputRef(\w+)[0-9A-F]{8}$/.exec(name ?? "")?.[1];
}

describe.each(customers)("alarms of %s", (customer) => {
  it("each say what users feel and name a section of the runbook", async () => {
    for (const { Properties } of alarmsOf(await templatesOf(customer))) {
      expect(Properties.AlarmDescription).toMatch(/^[A-Z].{20,}\. What to do: /);
      expect(sections).toContain(sectionOf(Properties.AlarmDescription));
    }
  });

  it("watch the errors of every function, and once the throttles of all", async () => {
    const templates = await templatesOf(customer);
    const functions = templates.ofType("AWS::Lambda::Function").map(({ id }) => id);
    expect([...watched(templates, "Errors")]).toEqual(expect.arrayContaining(functions));
    const throttles = alarmsOf(templates).filter(
      ({ Properties: { Namespace, MetricName } }) => Namespace === "AWS/Lambda" && MetricName === "Throttles",
    );
    expect(throttles.map(({ Properties }) => Properties.Dimensions)).toEqual([undefined]);
  });

  it("leave room in the stacks: CloudFormation takes five hundred resources in each", async () => {
    const { app, api } = await templatesOf(customer);
    expect(Math.max(app.length, api.length)).toBeLessThanOrEqual(490);
  });

  it("watch the depth of every queue, the delay of both stream consumers and every workflow", async () => {
    const templates = await templatesOf(customer);
    const queues = templates.ofType("AWS::SQS::Queue").map(({ id }) => id);
    expect([...watched(templates, "ApproximateNumberOfMessagesVisible")].sort()).toEqual(queues.sort());
    const consumers = templates.ofType("AWS::Lambda::EventSourceMapping");
    expect([...watched(templates, "IteratorAge")].sort()).toEqual(
      consumers.map(({ Properties }) => idOf(Properties.FunctionName)).sort(),
    );
    const machines = templates.ofType("AWS::StepFunctions::StateMachine").map(({ id }) => id);
    expect([...watched(templates, "ExecutionsFailed")].sort()).toEqual(machines.sort());
  });

  it("tell the customer's mailbox, if there is one", async () => {
    const templates = await templatesOf(customer);
    const topics = templates.ofType("AWS::SNS::Topic").map(({ id }) => id);
    expect(topics).toHaveLength(readCustomer(customer).alarmEmail ? 1 : 0);
    for (const { Properties } of alarmsOf(templates)) {
      expect((Properties.AlarmActions ?? []).map(idOf)).toEqual(topics);
    }
  });
});

describe("runbook", () => {
  it("has no section that no alarm names", async () => {
    const named = alarmsOf(await templatesOf("local")).map(({ Properties }) => sectionOf(Properties.AlarmDescription));
    expect([...new Set(named)].sort()).toEqual([...sections].sort());
  });
});
