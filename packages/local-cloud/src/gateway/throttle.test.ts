import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { ApiDefinition } from "./api-definition.ts";
import { Gateway } from "./gateway.ts";
import { Throttle } from "./throttle.ts";

test("lets a burst pass, then as many as come back with time", () => {
  let now = 0;
  const throttle = new Throttle({ perSecond: 10, burst: 3 }, () => now);
  const passed = (count: number) => Array.from({ length: count }, () => throttle.take()).filter(Boolean).length;
  expect(passed(5)).toBe(3);
  now = 99;
  expect(passed(1)).toBe(0);
  now = 250;
  expect(passed(5)).toBe(2);
  now = 60_000;
  expect(passed(5)).toBe(3);
});

/** Asks for paths one after the other, and answers what came and how often the function was asked. */
async function answersOf(api: ApiDefinition, paths: readonly string[]) {
  let invoked = 0;
  const gateway = new Gateway({
    api,
    now: Date.now,
    invoke: async () => {
      invoked += 1;
      return { payload: { statusCode: 204 } };
    },
    permit: () => true,
    log: () => undefined,
  });
  const server = createServer((request, response) => void gateway.handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  const answers = [];
  for (const path of paths) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    answers.push([answer.status, await answer.text()]);
  }
  server.close();
  server.closeAllConnections();
  return { answers, invoked };
}

const route = (path: string) => ({ routeKey: `GET ${path}`, functionArn: "fn", timeoutMs: 1_000 });
const api = { apiId: "a", executeArn: "arn", accountId: "0", stage: "$default" };
const few = { perSecond: 0.001, burst: 2 };
const passed = [204, ""];
const refused = [429, '{"message":"Too Many Requests"}'];

test("a stage over its limit answers as API Gateway does, before its authoriser and function are asked", async () => {
  const { answers, invoked } = await answersOf({ ...api, routes: [route("/x")], throttle: few }, ["/x", "/x", "/x"]);
  expect([answers, invoked]).toEqual([[passed, passed, refused], 2]);
});

test("a route with a limit of its own has that one, and neither takes from the other", async () => {
  const own = { ...route("/own"), throttle: { perSecond: 0.001, burst: 1 } };
  const asked = ["/own", "/own", "/own", "/x", "/x", "/x"];
  const { answers, invoked } = await answersOf({ ...api, routes: [own, route("/x")], throttle: few }, asked);
  expect([answers, invoked]).toEqual([[passed, refused, refused, passed, passed, refused], 3]);
});
