import { parseArgs } from "node:util";
import { Role } from "@shangji/contracts/kit/primitives";
import { accessToken, readStack } from "./stack.ts";

// Prints an access token of the local stack: npm run -s token -- --as manager
try {
  const { values } = parseArgs({ options: { as: { type: "string", default: "admin" } } });
  const role = Role.safeParse(values.as);
  if (!role.success) throw new Error(`--as takes one of ${Role.options.join(", ")}.`);
  process.stdout.write(`${await accessToken(await readStack(), role.data)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
