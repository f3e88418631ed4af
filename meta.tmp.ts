import { buildFunctions } from "./infra/bundle.ts";

const b = await buildFunctions();
for (const name of ["opportunities/http", "access/authorizer", "analytics/heartbeat", "imports/finish"]) {
  const key =
    Object.keys(b.metafile!.outputs).find((k) => k.includes(name.replace("/", "-")) && k.endsWith(".mjs")) ??
    Object.keys(b.metafile!.outputs).find((k) => k.includes(name) && k.endsWith(".mjs"));
  const out = b.metafile!.outputs[key!]!;
  const by = new Map<string, number>();
  for (const [p, { bytesInOutput }] of Object.entries(out.inputs)) {
    const m = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(p);
    const k = m ? m[1]! : p.split("/").slice(0, 2).join("/");
    by.set(k, (by.get(k) ?? 0) + bytesInOutput);
  }
  console.log(name, out.bytes);
  for (const [k, v] of [...by].sort((a, c) => c[1] - a[1]).slice(0, 22)) console.log("  ", v, k);
}
