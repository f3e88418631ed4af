import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { clientRoutes, clientTypes } from "./generate/client.ts";
import { eventSchemas } from "./generate/events.ts";
import { openApiDocument } from "./generate/openapi.ts";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");

const document = openApiDocument();
const files: Record<string, string> = {
  "openapi/openapi.json": json(document),
  "openapi/events.json": json(eventSchemas()),
  "packages/client/src/generated/operations.ts": await clientTypes(document),
  "packages/client/src/generated/routes.ts": clientRoutes(),
};

const stale: string[] = [];
for (const [name, content] of Object.entries(files)) {
  const path = join(root, name);
  const known = await readFile(path, "utf8").catch(() => "");
  if (known === content) continue;
  stale.push(name);
  if (check) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

if (check && stale.length > 0) {
  console.error(`Stale: ${stale.join(", ")}. Run \`npm run generate\` and commit.`);
  process.exit(1);
}
console.log(stale.length > 0 ? `Written: ${stale.join(", ")}` : "Everything generated is up to date.");

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
