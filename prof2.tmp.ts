import fs from "node:fs";
import { Session } from "node:inspector/promises";
import { env } from "@shangji/lambda/env";
import { operationsOn } from "./test/bench/operations.ts";
import { withStack } from "./test/bench/world.ts";

const [ops, turns = "1500"] = process.argv.slice(2);
const src = fs.readFileSync("test/bench/handlers.ts", "utf8");
const eventOf = new Function(
  "return " +
    src
      .slice(src.indexOf("function eventOf("), src.indexOf("interface Capacity"))
      .replace(/: (string|Call|object)\b/g, "")
      .replace(/\{ method, path, body \}, actor/, "{ method, path, body }, actor")
      .replace(/\): object/, ")"),
)();
await withStack(1000, async (running) => {
  const { stack, world } = running;
  Object.assign(process.env, {
    AWS_REGION: stack.store.region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: stack.store.endpoint,
    [env.tableName]: stack.store.tableName,
    [env.orgZone]: stack.store.zone,
    [env.baseCurrency]: stack.store.baseCurrency,
    [env.customer]: "local",
    [env.defaultLocale]: "en",
  });
  const opportunities = (await import("./functions/opportunities/http.ts")).handler as any;
  const pipelines = (await import("./functions/pipelines/http.ts")).handler as any;
  const analytics = (await import("./functions/analytics/http.ts")).handler as any;
  const routes: Record<string, [string, any]> = {
    create: ["POST /v1/opportunities", opportunities],
    read: ["GET /v1/opportunities/{id}", opportunities],
    "list by owner": ["GET /v1/opportunities", opportunities],
    transition: ["POST /v1/opportunities/{id}/transitions", opportunities],
    board: ["GET /v1/pipelines/{id}/board", pipelines],
    funnel: ["GET /v1/analytics/funnel", analytics],
  };
  const write = process.stdout.write.bind(process.stdout);
  for (const op of ops!.split(",")) {
    const [key, handler] = routes[op]!;
    const next = (operationsOn(world, 1) as any)[op];
    const s = new Session();
    s.connect();
    await s.post("Profiler.enable");
    await s.post("Profiler.setSamplingInterval", { interval: 200 });
    process.stdout.write = (() => true) as any;
    for (let i = 0; i < 300; i++)
      await handler(eventOf(key, next(0, i), { userId: world.ownerIds[0], role: "admin" }), {});
    const cpu = process.cpuUsage();
    await s.post("Profiler.start");
    for (let i = 300; i < 300 + Number(turns); i++) {
      const r = await handler(eventOf(key, next(0, i), { userId: world.ownerIds[0], role: "admin" }), {});
      if (r.statusCode >= 300) throw new Error(r.body);
    }
    const { profile } = await s.post("Profiler.stop");
    const u = process.cpuUsage(cpu);
    process.stdout.write = write as any;
    console.log(op, "cpu ms per call", ((u.user + u.system) / 1000 / Number(turns)).toFixed(2));
    fs.writeFileSync(`/tmp/prof/cpu/${op.replaceAll(" ", "-")}.cpuprofile`, JSON.stringify(profile));
  }
});
