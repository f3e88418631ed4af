import { events } from "@shangji/contracts";
import { readCustomer } from "@shangji/infra/customer";
import { describe, expect, it } from "vitest";
import { customers, listOf, policiesIn, templatesOf } from "./templates.ts";

describe.each(customers)("notifications of %s", (customer) => {
  it("D4 are made of each record that is given to somebody, but by an import or a hand-over", async () => {
    const templates = await templatesOf(customer);
    const rule = templates.ofType("AWS::Events::Rule").find(({ id }) => id.startsWith("NotificationsRecordGiven"));
    const kinds = ["account", "contact", "opportunity", "lead"];
    const created = kinds.map((kind) => `${kind}.created.v1`);
    expect(rule?.Properties.EventPattern).toEqual({
      source: ["shangji"],
      "detail-type": [...created, ...kinds.map((kind) => `${kind}.updated.v1`)],
      detail: {
        actor: { source: [{ "anything-but": ["import", "hand_over"] }] },
        data: { ownerId: [{ exists: true }] },
        $or: [{ type: created }, { previous: { ownerId: [{ exists: true }] } }],
      },
    });
  });

  it("D4 are made of the end of what somebody has asked for, and kept by a function that writes into inboxes alone", async () => {
    const templates = await templatesOf(customer);
    const rule = templates.ofType("AWS::Events::Rule").find(({ id }) => id.startsWith("NotificationsJobOver"));
    expect(rule?.Properties.EventPattern).toEqual({
      source: ["shangji"],
      "detail-type": [
        ...["export.completed.v1", "export.failed.v1", "import.completed.v1", "import.failed.v1"],
        ...["user.handed_over.v1", "user.hand_over_stopped.v1", "data_subject_request.failed.v1"],
      ],
    });
    const known = new Set<string>(events.map(({ type }) => type));
    expect(rule?.Properties.EventPattern["detail-type"].filter((type: string) => !known.has(type))).toEqual([]);
    const writesOf = (role: RegExp) =>
      policiesIn(templates)
        .filter((policy) => role.test(policy.role))
        .flatMap(({ statements }) => statements)
        .filter(({ Action }) => listOf<string>(Action).some((action) => /:(Put|Update|Delete)Item$/.test(action)))
        .map(({ Action, Condition }) => [Action, Condition["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]]);
    expect(writesOf(/^NotificationsNotifyRole/)).toEqual([["dynamodb:PutItem", "inbox#*"]]);
    expect(writesOf(/^NotificationsHttpRole/)).toEqual([
      ["dynamodb:UpdateItem", "budget#*"],
      ["dynamodb:UpdateItem", "inbox#*"],
      ["dynamodb:PutItem", ["notification-preferences#*", "notification-template#*"]],
      // The secret of cursors alone, which is named as a whole.
      ["dynamodb:PutItem", undefined],
    ]);
  });

  it("D4 are mailed from the customer's domain, by one function that may do no more with mail", async () => {
    const templates = await templatesOf(customer);
    const { mailDomain, features } = readCustomer(customer);
    const ofMail = policiesIn(templates).flatMap(({ role, statements }) =>
      statements
        .filter(({ Action }) => listOf<string>(Action).some((action) => action.startsWith("ses:")))
        .map(({ Action, Resource }) => ({ role, Action, Resource })),
    );
    expect(ofMail.map(({ role, Action }) => [role, Action])).toEqual([
      [expect.stringMatching(/^NotificationsSendMailRole/), "ses:SendEmail"],
    ]);
    expect(JSON.stringify(ofMail[0]?.Resource)).toMatch(new RegExp(`:identity/${mailDomain}"`));
    const variables = templates
      .ofType("AWS::Lambda::Function")
      .map(({ Properties }) => Properties.Environment?.Variables ?? {});
    expect(variables.flatMap(({ MAIL_FROM }) => MAIL_FROM ?? [])).toEqual([`no-reply@${mailDomain}`]);
    expect(variables.flatMap(({ SENDS_MAIL }) => SENDS_MAIL ?? [])).toEqual([String(features.domainMail)]);
  });
});
