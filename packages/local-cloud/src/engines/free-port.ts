import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Systems give ports above these to outgoing connections, which would take one before a slow engine has come to it.
const lowest = 20_000;
const highest = 32_000;
const mostTries = 100;

/** A port of the loopback interface that nothing listened on a moment ago, and that no outgoing connection will take. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries++) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${mostTries} ports from ${lowest} to ${highest} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    // Engines listen on all interfaces, so it has to be free on each of them.
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
