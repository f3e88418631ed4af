import type { FieldRules } from "@shangji/contracts/access/schemas";
import { sampleAccount, sampleOpportunity } from "@shangji/contracts/samples/records";
import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { defaultRules } from "./default-policy.ts";
import { assertMaySelect, assertMayWrite, hasFieldRules, hiddenFields, withoutHidden } from "./field-rules.ts";
import type { Viewer } from "./viewer.ts";

function rep(rules: FieldRules): Viewer {
  return { ...testViewer({ role: "rep" }), rules: { ...defaultRules, fields: { rep: rules } } };
}

const refused = (...pointers: string[]) => ({
  code: "field_not_allowed",
  errors: pointers.map((pointer) => ({ pointer, message: "is not for your role" })),
});

describe("H2 a hidden field", () => {
  const viewer = rep({ account: { industry: "hidden" }, opportunity: { amountMinor: "hidden", source: "readOnly" } });

  test("is missing from every record of an answer, however deep, with what would give it away", () => {
    const { amountMinor: _, baseAmountMinor: __, industry: ___, ...opportunity } = sampleOpportunity;
    const { industry: ____, ...account } = sampleAccount;
    expect(withoutHidden({ items: [sampleOpportunity], next: "x" }, viewer)).toEqual({
      items: [opportunity],
      next: "x",
    });
    expect(withoutHidden({ deep: [{ record: sampleAccount }] }, viewer)).toEqual({ deep: [{ record: account }] });
  });

  test("is in no sum", () => {
    const stage = { stageId: "stg_1", count: 3, amountMinor: 500 };
    expect(withoutHidden({ currency: "CNY", stages: [stage] }, viewer)).toEqual({
      currency: "CNY",
      stages: [{ stageId: "stg_1", count: 3 }],
    });
  });

  test("is neither selected by, grouped by, nor written", () => {
    const noAccount = rep({ opportunity: { accountId: "hidden", source: "hidden" } });
    const asking = (query: object) => () => assertMaySelect(noAccount, "opportunity", { ...query });
    expect(asking({ account: "acc_1", limit: 10 })).toThrow(expect.objectContaining(refused("/query/account")));
    expect(asking({ owner: "usr_1", account: undefined })).not.toThrow();
    const grouping = (groupBy: string) => () => assertMaySelect(noAccount, "analytics", { groupBy });
    expect(grouping("source")).toThrow(expect.objectContaining(refused("/query/groupBy")));
    expect(grouping("industry")).not.toThrow();
    expect(() => assertMaySelect(viewer, "analytics", { groupBy: "industry" })).toThrow(
      expect.objectContaining(refused("/query/groupBy")),
    );
    expect(() => assertMayWrite(viewer, "opportunity", ["name", "amountMinor", "currency", "source"])).toThrow(
      expect.objectContaining(refused("/body/amountMinor", "/body/currency", "/body/source")),
    );
    expect(() => assertMayWrite(viewer, "opportunity", ["name", "tags"])).not.toThrow();
  });

  test("is hidden of its own kind only, and from no admin", () => {
    expect([...hiddenFields(rep({ contact: { phone: "hidden" } }), "account")]).toEqual([]);
    const admin = { ...viewer, actor: { userId: "usr_1", role: "admin" as const } };
    expect(hasFieldRules(admin)).toBe(false);
    expect(withoutHidden(sampleOpportunity, admin)).toBe(sampleOpportunity);
  });
});

test("H2 a read-only field is seen", () => {
  const viewer = rep({ opportunity: { source: "readOnly" } });
  expect(withoutHidden(sampleOpportunity, viewer)).toEqual(sampleOpportunity);
});
