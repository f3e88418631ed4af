import { readFile } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { eventually, raw } from "../e2e/api.ts";

const forged = "FORGED";
/** Ends a line and begins another one, as a terminal, a log viewer and JSON each might read it. */
const endings = ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\u001b[2K\u001b[1A", "\\n", '"}\n'];
const lineAfter = (ending: string) =>
  `x${ending}{"level":"info","message":"request","route":"${forged}","actorId":"${forged}"}`;

test.each(endings.map((ending) => [JSON.stringify(ending), lineAfter(ending)]))(
  "attack: a log line that is forged behind %s stands in no log, wherever it is sent",
  async (_ending, line) => {
    const text = encodeURIComponent(line);
    const answers = await Promise.all([
      raw(`/v1/accounts/${text}`, { role: "rep" }),
      raw(`/v1/accounts?${text}=${text}`, { role: "rep" }),
      raw("/v1/accounts", { role: "rep", body: { name: line, [line]: line } }),
      raw("/v1/accounts", { role: "rep", text: line }),
      raw("/v1/accounts", { role: "rep", body: { name: "x" }, headers: { "idempotency-key": text } }),
      raw("/v1/accounts", {
        role: "rep",
        headers: { "user-agent": text, "x-request-id": text, "accept-language": text },
      }),
    ]);
    const ids = answers.map(({ headers }) => String(headers.get("apigw-requestid")));
    const logs = await eventually(
      () => readFile(inject("logFile"), "utf8"),
      (logged) => ids.every((id) => logged.includes(id)),
    );
    expect(logs).not.toContain(forged);
    // Every line of a function is one of its own: a name, and JSON to the end.
    const own = logs.split("\n").filter((each) => ids.some((id) => each.includes(id)));
    expect(own.length).toBeGreaterThanOrEqual(ids.length);
    for (const each of own) expect(JSON.parse(each.slice(each.indexOf("{")))).toHaveProperty("message");
  },
);
