import { commonErrors, errorCodes, type Route, routes } from "@shangji/contracts";
import { Scope } from "@shangji/contracts/access/schemas";
import { Role } from "@shangji/contracts/kit/primitives";
import { scopeOf } from "@shangji/core/access/viewer";
import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { openApiDocument } from "../../scripts/generate/openapi.ts";

/**
 * A share is there or not, at one level, and what has been read stays read: whoever sets it says all of it, so there is no
 * version to have read.
 */
const unversioned = new Set([
  ...["putShare", "endShare", "readNotifications"],
  // What waits in a pool is not the pool: each record is at the version that its place in the pool says.
  ...["claimLeads", "assignPooledLeads", "removePooledLeads"],
  ...["claimAccounts", "assignPooledAccounts", "removePooledAccounts"],
  // What has happened has no version.
  "recordBehaviour",
]);
/** Changes that may leave out If-Match: their own rules say from where they start, or that nothing need be there. */
const ownRules = new Set([
  ...[
    "transitionOpportunity",
    "transitionLead",
    "convertLead",
    "returnLead",
    "returnAccount",
    "rotateApiKey",
    "rotateFormKey",
  ],
  ...["restoreAccount", "restoreContact", "restoreOpportunity", "restoreLead"],
  ...["mergeAccounts", "mergeContacts", "undoAccountMerge", "undoContactMerge"],
]);
const mayLeaveOut = (route: Route) => route.upserts || ownRules.has(route.id);
/** Adds something new, only asks, or carries a version in each of its rows. */
const changesNothingThatIs = (route: Route) =>
  route.method === "POST" &&
  (route.asks || route.rows !== undefined || (route.status !== 200 && !ownRules.has(route.id)));

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
    for (const role of Role.options) expect(Scope.options).toContain(scopeOf(testViewer({ role }), route.access));
    expect(route.status === 204).toBe(route.response === undefined);
    expect(["POST", "PUT", "PATCH"].includes(route.method)).toBe(route.body !== undefined);
    if (route.params && route.method !== "POST" && !route.upserts) expect(route.errors).toContain("not_found");
  });

  test.each(routes.filter(({ method }) => method !== "GET").map((route) => [route.id, route] as const))(
    "I3 %s names the version that it changes, if it changes what is there",
    (_id, route) => {
      if (changesNothingThatIs(route) || unversioned.has(route.id)) expect(route.precondition).toBeUndefined();
      else expect(route.precondition).toBe(mayLeaveOut(route) ? "optional-if-match" : "if-match");
      // Whoever has changed a record needs its version for the next change.
      if (route.precondition && route.status !== 204) expect(route.etag).toBe(true);
    },
  );

  // What a public form takes, each form says itself.
  test.each(routes.filter(({ body, isPublic }) => body && !isPublic).map((route) => [route.id, route] as const))(
    "%s refuses a field of the body that it does not know, in each of its rows too",
    (_id, { body, rows }) => {
      for (const schema of [body, ...Object.values(rows ?? {})]) {
        const { error } = schema?.safeParse({ surprise: 1 }) ?? {};
        expect(error?.issues).toContainEqual(
          expect.objectContaining({ code: "unrecognized_keys", keys: ["surprise"] }),
        );
      }
    },
  );

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
  const document = openApiDocument() as { paths: Record<string, Record<string, Operation>> };

  test("holds every operation of the registry and nothing else", () => {
    const documented = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    );
    expect(documented.sort()).toEqual(routes.map((route) => route.id).sort());
  });

  test("says of every POST by which a caller changes something, and of nothing else, that it takes an Idempotency-Key and how it refuses one", () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.entries(path));
    const takesKey = (operation: Operation) => operation.parameters.some(({ name }) => name === "Idempotency-Key");
    for (const [method, operation] of operations) {
      const isMeant = method === "post" && !["submitForm", "backtestAssignmentRules"].includes(operation.operationId);
      expect([operation.operationId, takesKey(operation)]).toEqual([operation.operationId, isMeant]);
      const codes = JSON.stringify(operation.responses).match(/\bidempotency_\w+|invalid_idempotency_key/g) ?? [];
      expect(new Set(codes).size).toBe(isMeant ? 3 : 0);
    }
  });

  test("refers only to schemas that it defines", () => {
    const text = JSON.stringify(document);
    const defined = Object.keys((document as unknown as { components: { schemas: object } }).components.schemas);
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]));
    expect([...referred].filter((name) => !defined.includes(name ?? ""))).toEqual([]);
  });
});

interface Operation {
  operationId: string;
  parameters: { name: string }[];
  responses: unknown;
}
