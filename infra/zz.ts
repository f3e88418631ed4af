import { synthesise } from "./synthesise.ts";

const t = performance.now();
const r = await synthesise({
  customer: process.argv[2] ?? "local",
  outdir: "/tmp/cdk/" + (process.argv[2] ?? "local"),
  bundles: "stub",
  check: process.argv[3] === "check",
});
console.log(
  Math.round(performance.now() - t),
  r.assembly.stacks.map((s) => Object.keys(s.template.Resources).length),
);
