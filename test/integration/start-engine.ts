import { sharedEngine, startEngine } from "@shangji/testing/dynamodb";

/** One engine for all suites of this project; each suite has a database of its own in it. */
export default async function setup(): Promise<() => Promise<void>> {
  const engine = await startEngine();
  process.env[sharedEngine] = engine.endpoint;
  return async () => {
    delete process.env[sharedEngine];
    await engine.stop();
  };
}
