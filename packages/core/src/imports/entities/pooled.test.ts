import { expect, test } from "vitest";
import { RowProblem } from "../problem.ts";
import { accounts } from "./accounts.ts";
import { leads } from "./leads.ts";

type Given = Parameters<typeof accounts.read>[1];

test("B5 a row of a record that waits in a pool is refused, and the record stays as it is", async () => {
  // No more is looked at of the settings and the job.
  const context = { job: { options: {} }, settings: { zone: "UTC", baseCurrency: "CNY" } } as unknown as Given;
  const values = new Map([["name", "海天食品"]]);
  const stored = { id: "x", version: 2, name: "海天食品", tags: [], createdAt: "", updatedAt: "" };
  const pool = { poolId: "pool_1", at: "2026-11-02T00:00:00.000Z" };
  const account = accounts.read(values, context).change({ ...stored, pool } as never, context as never);
  await expect(account).rejects.toBeInstanceOf(RowProblem);
  const lead = leads.read(values, context).change({ ...stored, status: "pooled", pool } as never, context as never);
  await expect(lead).rejects.toBeInstanceOf(RowProblem);
});
