import { entries } from "@shangji/infra/domains/entries";
import { env } from "@shangji/lambda/env";
import { describe, expect, it } from "vitest";
import { customers, idOf, type Resource, type Templates, templatesOf } from "./templates.ts";

const entryOf = (fn: Resource) => fn.Metadata?.["shangji:entry"];
const functionsOf = ({ ofType }: Templates) => ofType("AWS::Lambda::Function");

function functionAt(templates: Templates, entry: string): Resource {
  const found = functionsOf(templates).find((fn) => entryOf(fn) === entry);
  if (!found) throw new Error(`no function for ${entry}`);
  return found;
}

describe.each(customers)("functions of %s", (customer) => {
  it("are exactly the entries, each with a role of its own", async () => {
    const functions = functionsOf(await templatesOf(customer));
    expect(functions.map(entryOf).sort()).toEqual([...entries].sort());
    expect(new Set(functions.map(({ Properties }) => idOf(Properties.Role))).size).toBe(functions.length);
  });

  it("run on Node 24, arm64, traced", async () => {
    for (const { Properties } of functionsOf(await templatesOf(customer))) {
      expect(Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON" },
      });
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    }
  });

  it("keep workers of imports at 256 MB and give all others at least 512", async () => {
    for (const fn of functionsOf(await templatesOf(customer))) {
      const isWorker = /imports\/(prepare|run-chunk|finish|fail)\.ts$/.test(String(entryOf(fn)));
      if (isWorker) expect(fn.Properties.MemorySize).toBe(256);
      else expect(fn.Properties.MemorySize).toBeGreaterThanOrEqual(512);
    }
  });

  it("answer before the gateway gives up", async () => {
    for (const fn of functionsOf(await templatesOf(customer))) {
      if (String(entryOf(fn)).endsWith("/http.ts")) expect(fn.Properties.Timeout).toBeLessThan(30);
    }
  });

  it("each write to a log group that is encrypted and forgets", async () => {
    const templates = await templatesOf(customer);
    const groups = functionsOf(templates).map(({ Properties }) => templates.at(Properties.LoggingConfig.LogGroup));
    expect(new Set(groups).size).toBe(groups.length);
    for (const { Properties } of groups) {
      expect(Properties.RetentionInDays).toBeGreaterThan(0);
      expect(Properties.KmsKeyId).toBeDefined();
    }
  });

  it("get only variables that functions know", async () => {
    const allowed = new Set<string>([...Object.values(env), "NODE_OPTIONS"]);
    for (const { Properties } of functionsOf(await templatesOf(customer))) {
      for (const name of Object.keys(Properties.Environment?.Variables ?? {})) expect(allowed).toContain(name);
    }
  });
});

describe("asynchronous edges", () => {
  it("give every target of a rule a dead-letter queue, and the function the same", async () => {
    const templates = await templatesOf("local");
    const rules = templates.ofType("AWS::Events::Rule");
    expect(rules).toHaveLength(29);
    for (const { Properties } of rules) {
      for (const target of Properties.Targets) {
        const queue = templates.at(target.DeadLetterConfig.Arn);
        expect(queue.Type).toBe("AWS::SQS::Queue");
        expect(target.RetryPolicy.MaximumEventAgeInSeconds).toBeLessThanOrEqual(86_400);
        const fn = templates.at(target.Arn);
        expect(templates.at(fn.Properties.DeadLetterConfig.TargetArn)).toBe(queue);
      }
    }
  });

  it.each([
    [
      "functions/events/publisher.ts",
      { BatchSize: 100, MaximumBatchingWindowInSeconds: 0 },
      [
        ...["user", "team", "account", "contact", "product", "pipeline", "opportunity", "note", "import"],
        ...["serviceAccount", "apiKey", "dataSubjectRequest", "merge", "deactivation", "view", "export"],
        ...["lead", "form", "pool", "organization", "policy", "share", "leadDecision", "leadResponse", "leadRecycling"],
        "accountRecycling",
      ],
    ],
    [
      "functions/analytics/projector.ts",
      { BatchSize: 1_000, MaximumBatchingWindowInSeconds: 5 },
      ["account", "contact", "opportunity", "lead", "heartbeat"],
    ],
  ])("bound the retries of %s and keep what fails", async (entry, batches, kinds) => {
    const templates = await templatesOf("local");
    const fn = functionAt(templates, entry);
    const mappings = templates
      .ofType("AWS::Lambda::EventSourceMapping")
      .filter(({ Properties }) => idOf(Properties.FunctionName) === fn.id);
    expect(mappings).toHaveLength(1);
    const [mapping] = mappings;
    expect(mapping?.Properties).toMatchObject({
      ...batches,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
      StartingPosition: "TRIM_HORIZON",
    });
    expect(templates.at(mapping?.Properties.DestinationConfig.OnFailure.Destination).Type).toBe("AWS::SQS::Queue");
    const patterns = mapping?.Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) =>
      JSON.parse(Pattern),
    );
    expect(patterns).toEqual([
      { dynamodb: { NewImage: { __edb_e__: { S: kinds } } } },
      { eventName: ["REMOVE"], dynamodb: { OldImage: { __edb_e__: { S: kinds } } } },
    ]);
  });

  it("start an import by its upload, restamp by a changed industry, follow users into the pool, start jobs, and beat every minute", async () => {
    const templates = await templatesOf("local");
    const rules = new Map(
      templates
        .ofType("AWS::Events::Rule")
        .map(({ Properties }) => [entryOf(templates.at(Properties.Targets[0].Arn)), Properties]),
    );
    expect(rules.get("functions/imports/on-source-uploaded.ts")).toMatchObject({
      EventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { object: { key: [{ wildcard: "imports/*/source.csv" }] } },
      },
    });
    expect(rules.get("functions/imports/on-source-uploaded.ts").EventBusName).toBeUndefined();
    const [bus] = templates.ofType("AWS::Events::EventBus");
    expect(rules.get("functions/opportunities/on-account-industry-changed.ts")).toMatchObject({
      EventBusName: { Ref: bus?.id },
      EventPattern: {
        source: ["shangji"],
        "detail-type": ["account.updated.v1"],
        detail: { previous: { industry: [{ exists: true }] } },
      },
    });
    const jobs = templates
      .ofType("AWS::Events::Rule")
      .map(({ Properties }) => Properties)
      .filter(({ Targets }) => entryOf(templates.at(Targets[0].Arn)) === "functions/jobs/start.ts");
    expect(jobs.flatMap(({ EventPattern }) => EventPattern["detail-type"]).sort()).toEqual([
      "calendar.changed.v1",
      "data_subject_request.created.v1",
      "export.created.v1",
      "lead.created.v1",
      "lead.restored.v1",
      "lead.status_changed.v1",
      "merge.made.v1",
      "merge.undone.v1",
      "recycling_rules.changed.v1",
      "response_policies.changed.v1",
      "scoring_rules.changed.v1",
      "user.deactivated.v1",
      "user.updated.v1",
    ]);
    expect(rules.get("functions/people/on-user-changed.ts")).toMatchObject({
      EventBusName: { Ref: bus?.id },
      EventPattern: {
        "detail-type": ["user.created.v1", "user.updated.v1"],
        detail: { data: { invitation: { state: [{ exists: true }] } } },
      },
    });
    const start = jobs.find(({ EventPattern }) => EventPattern["detail-type"].includes("user.deactivated.v1"));
    expect(start).toMatchObject({
      EventBusName: { Ref: bus?.id },
      EventPattern: { "detail-type": ["user.deactivated.v1"], detail: { data: { status: ["running"] } } },
    });
    // A job's execution is named after its event.
    expect(start.Targets[0].InputTransformer.InputPathsMap).toEqual({
      "detail-id": "$.detail.id",
      "detail-data-id": "$.detail.data.id",
    });
    expect(rules.get("functions/analytics/heartbeat.ts")).toMatchObject({ ScheduleExpression: "rate(1 minute)" });
  });
});
