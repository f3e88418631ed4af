import { describe, expect, it } from "vitest";
import { customers, templatesOf } from "./templates.ts";

describe.each(customers)("timers of leads of %s", (customer) => {
  it("B4 B6 follow every way in which somebody gets a lead, imports too, each change of it and every answer, and are swept each minute", async () => {
    const templates = await templatesOf(customer);
    const rules = templates.ofType("AWS::Events::Rule").filter(({ id }) => id.startsWith("Response"));
    const patternOf = (name: string) =>
      rules.find(({ id }) => id.startsWith(`Response${name}`))?.Properties.EventPattern as Record<string, unknown>;
    expect(patternOf("LeadGiven")).toEqual({
      source: ["shangji"],
      "detail-type": ["lead.created.v1", "lead.restored.v1", "lead.updated.v1"],
      detail: { data: { ownerId: [{ exists: true }] } },
    });
    expect(patternOf("LeadMoved")["detail-type"]).toEqual(["lead.status_changed.v1", "lead.deleted.v1"]);
    expect(JSON.stringify(patternOf("LeadMoved").detail)).toContain('{"previous":{"status":["disqualified"]}}');
    expect(patternOf("NoteWritten").detail).toEqual({
      data: { recordId: [{ prefix: "lead_" }, { prefix: "acc_" }], authorId: [{ prefix: "usr_" }] },
    });
    const schedules = rules.map(({ Properties }) => Properties.ScheduleExpression).filter(Boolean);
    expect(schedules).toEqual(["rate(1 minute)"]);
  });
});
