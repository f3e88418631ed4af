import { FieldRules } from "@shangji/contracts/access/schemas";
import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { expect, test } from "vitest";
import { kindOf } from "../job.ts";
import { importFields } from "./fields.ts";
import { recordFieldOf } from "./record-fields.ts";

/** Fields that follow from others, and those that no file gives. */
const notInFiles: Record<string, readonly string[]> = { opportunity: ["industry"], lead: ["consent"] };

test.each(["accounts", "contacts", "opportunities", "leads"] as const)(
  "H3 each field of %s that a rule can freeze is known by the column that feeds it",
  (entity: ImportEntity) => {
    const kind = kindOf[entity] as keyof FieldRules;
    const names = importFields[entity].map(({ name }) => name);
    const fed = new Set([...names, "custom.size"].map((name) => recordFieldOf(entity, name)));
    const rule = FieldRules.shape[kind].unwrap().keyType.options;
    expect(rule.filter((field: string) => !fed.has(field))).toEqual(notInFiles[kind] ?? []);
  },
);
