import { commonErrors, errorCodes, routes } from "@shangji/contracts";
import { Role } from "@shangji/contracts/kit/primitives";
import { defaultRules } from "@shangji/core/access/default-policy";
import { scopeOf } from "@shangji/core/access/viewer";
import { describe, expect, test } from "vitest";
import { openApiDocument } from "../../scripts/generate/openapi.ts";

describe("the route registry", () => {
  test("names each operation and each method and path once", () => {
    const ids = routes.map((route) => route.id);
    const keys = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(ids).size).toBe(routes.length);
    expect(new Set(keys).size).toBe(routes.length);
  });

  test.each(routes.map((route) => [route.id, route] as const))("%s is complete", (_id, route) => {
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    const shape = route.params && "shape" in route.params ? Object.keys(route.params.shape as object).sort() : [];
    expect(shape).toEqual(named);
    // A route without a rule for every role would be open to nobody knows whom.
    for (const role of Role.options) {
      expect(scopeOf({ actor: { userId: "", role }, rules: defaultRules }, route.access)).toBeDefined();
    }
    expect(route.status === 204).toBe(route.response === undefined);
    expect(["POST", "PUT", "PATCH"].includes(route.method)).toBe(route.body !== undefined);
    // A change of an existing record names the version that it was made on.
    if (route.method === "PATCH" || route.method === "DELETE") expect(route.precondition).toBe("if-match");
    if (route.params && route.method !== "POST") expect(route.errors).toContain("not_found");
  });

  test("gives every error code a status and a title in both languages", () => {
    for (const [code, { status, en, zh }] of Object.entries(errorCodes)) {
      expect({ code, valid: status >= 400 && status < 600 && en.length > 10 && /[\u4e00-\u9fff]/.test(zh) }).toEqual({
        code,
        valid: true,
      });
    }
    expect(commonErrors.every((code) => code in errorCodes)).toBe(true);
  });
});

describe("the OpenAPI document", () => {
  const document = openApiDocument() as { paths: Record<string, Record<string, { operationId: string }>> };

  test("holds every operation of the registry and nothing else", () => {
    const documented = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    );
    expect(documented.sort()).toEqual(routes.map((route) => route.id).sort());
  });

  test("refers only to schemas that it defines", () => {
    const text = JSON.stringify(document);
    const defined = Object.keys((document as unknown as { components: { schemas: object } }).components.schemas);
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]));
    expect([...referred].filter((name) => !defined.includes(name ?? ""))).toEqual([]);
  });
});
