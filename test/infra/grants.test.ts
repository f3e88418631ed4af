import { describe, expect, it } from "vitest";
import {
  customers,
  idOf,
  listOf,
  policiesIn,
  type Resource,
  type Templates,
  templatesOf,
  valuesIn,
} from "./templates.ts";

interface Statement {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Readonly<Record<string, Record<string, unknown>>>;
}

/** Every statement of every role, with intrinsics as text. */
function statementsOf(templates: Templates): Statement[] {
  return policiesIn(templates).flatMap(({ role, statements }) =>
    statements.map((statement) => ({
      role,
      actions: listOf<string>(statement.Action),
      resources: listOf<unknown>(statement.Resource).map((resource) =>
        typeof resource === "string" ? resource : JSON.stringify(resource),
      ),
      condition: statement.Condition ?? {},
    })),
  );
}

/** Names of the resources that cannot be made because each waits for the next. */
function circleIn(resources: readonly Resource[]): string[] {
  const needs = new Map(
    resources.map(({ id, Properties, DependsOn }) => {
      const named = valuesIn(Properties).flatMap((value) => idOf(value) ?? []);
      return [id, new Set([...listOf<string>(DependsOn ?? []), ...named])];
    }),
  );
  // What needs nothing that is left can be made, until nothing is left, or a circle.
  for (let made = 1; made > 0; ) {
    const ready = [...needs].filter(([, ids]) => [...ids].every((id) => !needs.has(id)));
    for (const [id] of ready) needs.delete(id);
    made = ready.length;
  }
  return [...needs.keys()];
}

/** AWS Backup looks at the key, and lets DynamoDB use it later, for which there is a condition of its own. */
const forBackups = (actions: readonly string[]) =>
  actions.every((action) => ["kms:DescribeKey", "kms:CreateGrant"].includes(action));

/** Services whose calls know no resources. */
const withoutResources = /^(xray:Put(TraceSegments|TelemetryRecords)|xray:GetSampling(Rules|Targets)|logs:\w+)$/;

describe.each(customers)("grants of %s", (customer) => {
  it("stand in the roles, and none of them waits for what waits for it", async () => {
    const { app, data, api } = await templatesOf(customer);
    expect(circleIn(app)).toEqual([]);
    expect(circleIn(data)).toEqual([]);
    expect(circleIn(api)).toEqual([]);
  });

  it("name every action in full", async () => {
    for (const { actions } of statementsOf(await templatesOf(customer))) {
      for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
    }
  });

  it("stand on all resources only for traces and log delivery", async () => {
    for (const { actions, resources } of statementsOf(await templatesOf(customer))) {
      if (!resources.includes("*")) continue;
      for (const action of actions) expect(action).toMatch(withoutResources);
    }
  });

  it("reach parts of a resource by pattern only for files of imports and exports, and for what backups make", async () => {
    const wild = statementsOf(await templatesOf(customer))
      .filter(({ role }) => !role.startsWith("Backups"))
      .flatMap(({ resources }) => resources)
      .filter((resource) => resource !== "*" && resource.includes("*"));
    for (const resource of wild)
      expect(resource).toMatch(/"\/(imports\/\*(\/(source|errors)\.csv)?|(subject-)?exports\/\*)"/);
  });

  it("use the customer's key only by way of one service", async () => {
    const ofKey = statementsOf(await templatesOf(customer)).filter(
      ({ actions }) => actions.some((action) => action.startsWith("kms:")) && !forBackups(actions),
    );
    expect(ofKey.length).toBeGreaterThan(0);
    for (const { condition } of ofKey) {
      expect(condition.StringEquals?.["kms:ViaService"]).toMatch(/^(dynamodb|s3|sqs)\.[a-z0-9-]+\.amazonaws\.com$/);
    }
  });

  it("come from the template alone, none from a managed policy", async () => {
    for (const { Properties } of (await templatesOf(customer)).ofType("AWS::IAM::Role")) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      for (const { Principal } of Properties.AssumeRolePolicyDocument.Statement) {
        expect(Principal.Service).toMatch(/^(lambda|states|backup)\.amazonaws\.com$/);
      }
    }
  });
});

describe("grants on the table", () => {
  it("let no function scan it, change its settings or speak more of PartiQL than to insert", async () => {
    const actions = statementsOf(await templatesOf("local"))
      .filter(({ role }) => !role.startsWith("Backups"))
      .flatMap((statement) => statement.actions);
    const ofTable = [...new Set(actions.filter((action) => action.startsWith("dynamodb:")))].sort();
    expect(ofTable).toEqual([
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:ConditionCheckItem",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeStream",
      "dynamodb:GetItem",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
      "dynamodb:PartiQLInsert",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ]);
  });

  it("let the publisher add entries to timelines and keys of persons, and alter nothing", async () => {
    const statements = statementsOf(await templatesOf("local"))
      .filter(({ role }) => role.startsWith("EventsPublisher"))
      .filter(({ actions, resources }) => actions[0]?.startsWith("dynamodb:") && !resources[0]?.includes("Audit"))
      .filter(({ actions }) => !actions.includes("dynamodb:GetRecords"))
      .map(({ actions, condition }) => [actions, condition["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]]);
    expect(statements).toEqual([
      [["dynamodb:BatchGetItem"], "subject-key#*"],
      [["dynamodb:PartiQLInsert"], ["subject-key#*", "acc_*", "con_*", "opp_*", "lead_*"]],
    ]);
  });

  it("let the authoriser read single items, note the use of a key, and nothing else", async () => {
    const statements = statementsOf(await templatesOf("local"))
      .filter(({ role }) => role.startsWith("AccessAuthorizer"))
      .filter(({ actions }) => !actions.every((action) => /^(logs|xray|kms):/.test(action)))
      .map(({ actions, condition }) => ({ actions, condition }));
    expect(statements).toEqual([
      { actions: ["dynamodb:GetItem"], condition: {} },
      {
        actions: ["dynamodb:UpdateItem"],
        condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "api-key-use#*" } },
      },
    ]);
  });
});

describe("grants of what anybody may call", () => {
  it("let it add leads, take claims and keep budgets, and read no record but forms", async () => {
    const statements = statementsOf(await templatesOf("local"))
      .filter(({ role }) => role.startsWith("FormsPublicHttp"))
      .filter(({ actions }) => !actions.every((action) => /^(logs|xray|kms):/.test(action)))
      .map(({ actions, condition }) => [actions, condition["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]]);
    expect(statements).toEqual([
      [["dynamodb:Query"], "directory#form*"],
      [["dynamodb:GetItem"], ["directory#form*", "unique#form#*", "secret#cursor*"]],
      [["dynamodb:PutItem"], ["lead_*", "idempotency#form#*", "secret#cursor*"]],
      [["dynamodb:UpdateItem"], "budget#*"],
    ]);
  });
});

describe("grants on the user pool", () => {
  it("stand on the one pool, belong to who follows the directory and who erases, and make no tokens", async () => {
    const ofPool = statementsOf(await templatesOf("local")).filter(({ actions }) =>
      actions.some((action) => action.startsWith("cognito-idp:")),
    );
    const named = new Map(
      ofPool.map(({ role, actions }) => [role.replace(/Role.*/, ""), actions.map((each) => each.split(":")[1])]),
    );
    expect([...named.keys()]).toEqual(["PeopleOnUserChanged", "ProtectionRunRequest"]);
    for (const { resources } of ofPool)
      expect(resources).toEqual([expect.stringMatching(/ImportValue.*PeoplePool.*Arn/)]);
    // Who invites removes nobody; who erases reads and removes, and nothing else.
    for (const action of named.get("PeopleOnUserChanged") ?? [])
      expect(action).not.toMatch(/Password|InitiateAuth|Delete|MFA|Client|Pool/);
    expect(named.get("ProtectionRunRequest")).toEqual(["AdminDeleteUser", "AdminGetUser"]);
  });
});
