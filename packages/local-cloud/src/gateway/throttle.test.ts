import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
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

test("a stage over its limit answers as API Gateway does, before its authoriser and function are asked", async () => {
  const route = { routeKey: "GET /x", functionArn: "fn", timeoutMs: 1_000 };
  const api = { apiId: "a", executeArn: "arn", accountId: "0", stage: "$default", routes: [route] };
  let invoked = 0;
  const gateway = new Gateway({
    api: { ...api, throttle: { perSecond: 0.001, burst: 2 } },
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
  for (let turn = 0; turn < 3; turn++) {
    const answer = await fetch(`http://127.0.0.1:${port}/x`);
    answers.push([answer.status, await answer.text()]);
  }
  server.close();
  server.closeAllConnections();
  expect(answers).toEqual([
    [204, ""],
    [204, ""],
    [429, '{"message":"Too Many Requests"}'],
  ]);
  expect(invoked).toBe(2);
});
