import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { load } from "./test/bench/load.ts";
import { operationsOn } from "./test/bench/operations.ts";
import { withStack } from "./test/bench/world.ts";

const [size, ops, callers = "16", seconds = "5"] = process.argv.slice(2);
const cpuOf = (pid: string) => {
  const f = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(f[11]) + Number(f[12])) / 100;
};
const kids = () =>
  execFileSync("pgrep", ["-P", String(process.pid), "-x", "java"])
    .toString()
    .trim()
    .split("\n");
await withStack(Number(size), async (running) => {
  const [java] = kids();
  console.log("java", java);
  for (const op of ops!.split(",")) {
    const cpu = process.cpuUsage();
    const j = cpuOf(java!);
    const r = await load({ apiUrl: running.apiUrl, token: running.token, callers: Number(callers), seconds: Number(seconds), operation: op as any, world: running.world });
    const u = process.cpuUsage(cpu);
    const total = r.perSecond * (Number(seconds) + 1.5);
    console.log(
      op,
      JSON.stringify(r),
      "cpu ms/request: node",
      ((u.user + u.system) / 1e3 / total).toFixed(2),
      "java",
      (((cpuOf(java!) - j) * 1000) / total).toFixed(2),
    );
    const s = performance.now();
    await running.settle();
    console.log("settled after", Math.round(performance.now() - s));
  }
}, { onDisk: !!process.env.DISK });
