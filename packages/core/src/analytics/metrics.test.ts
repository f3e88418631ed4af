import { Funnel, Kpis } from "@shangji/contracts/analytics/schemas";
import { describe, expect, it } from "vitest";
import { metricsIn } from "./metrics.ts";

const ids = metricsIn("en").map(({ id }) => id);
const stageFields = Object.keys(Funnel.shape.groups.element.shape.stages.element.shape);
const kpiFields = Object.keys(Kpis.shape.groups.element.shape);

describe("published metrics", () => {
  it.each(stageFields.filter((field) => !["stageId", "name", "type"].includes(field)))(
    "define funnel field %s",
    (field) => {
      expect(ids).toContain(`funnel.${field}`);
    },
  );

  it.each(kpiFields.filter((field) => !["key", "label", "winRate"].includes(field)))("define KPI field %s", (field) => {
    expect(ids).toContain(`kpi.${field}`);
  });

  it("have every text in both languages", () => {
    expect(ids).toContain("winRate");
    for (const { id, ...texts } of metricsIn("zh-CN")) {
      for (const text of Object.values(texts)) expect(text, id).toMatch(/\p{Script=Han}/u);
    }
    for (const { id, ...texts } of metricsIn("en")) {
      for (const text of Object.values(texts)) expect(text, id).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
