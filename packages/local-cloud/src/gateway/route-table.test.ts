import { expect, test } from "vitest";
import { RouteTable } from "./route-table.ts";

const table = (...keys: string[]) =>
  new RouteTable(keys.map((routeKey) => ({ routeKey, functionArn: "f", timeoutMs: 1 })));
const match = (routes: RouteTable, method: string, path: string) => {
  const found = routes.match(method, path);
  return found && [found.route.routeKey, found.parameters];
};

test("matches what is declared and nothing else", () => {
  const routes = table("GET /v1/things", "GET /v1/things/{id}", "POST /v1/things/{id}/moves");
  expect(match(routes, "GET", "/v1/things")).toEqual(["GET /v1/things", undefined]);
  expect(match(routes, "GET", "/v1/things/a%2Fb")).toEqual(["GET /v1/things/{id}", { id: "a/b" }]);
  expect(match(routes, "POST", "/v1/things/7/moves")).toEqual(["POST /v1/things/{id}/moves", { id: "7" }]);
  for (const path of ["/v1/things/", "/v1", "/v1/things/7/moves/1", "/V1/things", "/v1/other", "//v1/things"]) {
    expect(match(routes, "GET", path), path).toBeUndefined();
  }
  expect(match(routes, "DELETE", "/v1/things")).toBeUndefined();
});

test("a fixed segment goes before a parameter, but not for a method that it does not have", () => {
  const routes = table("GET /x/{id}", "GET /x/fixed", "PUT /x/{id}");
  expect(match(routes, "GET", "/x/fixed")).toEqual(["GET /x/fixed", undefined]);
  expect(match(routes, "GET", "/x/other")).toEqual(["GET /x/{id}", { id: "other" }]);
  expect(match(routes, "PUT", "/x/fixed")).toEqual(["PUT /x/{id}", { id: "fixed" }]);
});

test("each route names its own parameters", () => {
  const routes = table("GET /x/{id}", "PUT /x/{key}", "GET /x/{a}/y/{b}");
  expect(match(routes, "PUT", "/x/1")).toEqual(["PUT /x/{key}", { key: "1" }]);
  expect(match(routes, "GET", "/x/1/y/2")).toEqual(["GET /x/{a}/y/{b}", { a: "1", b: "2" }]);
});

test("ANY, a greedy parameter and $default come last, in this order", () => {
  const routes = table("$default", "ANY /x", "GET /x", "GET /files/{path+}", "GET /files/{name}");
  expect(match(routes, "GET", "/x")?.[0]).toBe("GET /x");
  expect(match(routes, "PATCH", "/x")?.[0]).toBe("ANY /x");
  expect(match(routes, "GET", "/files/a")?.[0]).toBe("GET /files/{name}");
  expect(match(routes, "GET", "/files/a/b")).toEqual(["GET /files/{path+}", { path: "a/b" }]);
  expect(match(routes, "GET", "/nothing")?.[0]).toBe("$default");
});

test("a parameter that is not valid percent-encoding is an error", () => {
  expect(() => table("GET /x/{id}").match("GET", "/x/%zz")).toThrow(URIError);
});
