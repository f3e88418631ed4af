import { expect, test } from "vitest";
import { functionAnswer } from "./http-answer.ts";

test("a value without a status is the JSON body of a 200", () => {
  const headers = { "content-type": "application/json" };
  expect(functionAnswer({ ok: true })).toEqual({ status: 200, headers, body: '{"ok":true}' });
  expect(functionAnswer("text")).toEqual({ status: 200, headers, body: "text" });
  expect(functionAnswer(null)).toEqual({ status: 200, headers, body: "null" });
});

test("a response keeps its headers, in lower case, and its cookies", () => {
  expect(
    functionAnswer({ statusCode: "201", headers: { ETag: "7", "X-Count": 3 }, cookies: ["a=1", "b=2"], body: "x" }),
  ).toEqual({
    status: 201,
    headers: { etag: "7", "x-count": "3", "set-cookie": ["a=1", "b=2"], "content-type": "text/plain;charset=UTF-8" },
    body: "x",
  });
});

test("a base64 body is sent as bytes", () => {
  expect(functionAnswer({ statusCode: 200, body: "AAEC", isBase64Encoded: true })?.body).toEqual(
    Buffer.from([0, 1, 2]),
  );
});

test.each([{ statusCode: "later" }, { statusCode: 99 }, { statusCode: 200, body: { not: "text" } }])(
  "%j is no response that AWS passes on",
  (payload) => {
    expect(functionAnswer(payload)).toBeUndefined();
  },
);
