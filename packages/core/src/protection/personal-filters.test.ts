import { expect, test } from "vitest";
import { withoutPersonalValues } from "./personal-filters.ts";

test("H7 a filter of contacts is told of without what may name somebody", () => {
  const filter = {
    all: [
      { field: "email", eq: "wang@example.com" },
      { any: [{ field: "name", startsWith: "王" }, { not: { field: "phone", in: ["139 1234 5678", "110"] } }] },
      { field: "tags", contains: "王芳", exists: true },
      { field: "accountId", eq: "acc_1" },
      { field: "updatedAt", gte: "2026-01-01" },
    ],
  };
  expect(withoutPersonalValues("contact", filter)).toEqual({
    all: [
      { field: "email", eq: "…" },
      { any: [{ field: "name", startsWith: "…" }, { not: { field: "phone", in: ["…"] } }] },
      { field: "tags", contains: "…", exists: true },
      { field: "accountId", eq: "acc_1" },
      { field: "updatedAt", gte: "2026-01-01" },
    ],
  });
});

test("H7 a filter of leads is told of without what may name somebody, wherever they came from", () => {
  const filter = {
    all: [
      { field: "company", eq: "王芳工作室" },
      { field: "utmSource", contains: "wang" },
      { field: "status", in: ["new"] },
    ],
  };
  expect(withoutPersonalValues("lead", filter)).toEqual({
    all: [
      { field: "company", eq: "…" },
      { field: "utmSource", contains: "…" },
      { field: "status", in: ["new"] },
    ],
  });
});

test("H7 a filter of what is no person is told of as it is", () => {
  const filter = { not: { field: "name", eq: "Acme" } };
  expect(withoutPersonalValues("account", filter)).toEqual(filter);
});
