import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listener {
  /** Base URL without a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves HTTP on this machine's loopback address, on `preferredPort` if that is free, else on any free port. An error
 * that `handle` lets through ends the request with a bare 500.
 */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  preferredPort = 0,
): Promise<Listener> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
      // A client that hangs up is no fault of ours.
      if (!request.destroyed) console.error(error);
    });
  });
  // SDK clients keep connections open; a server that hangs up first makes their next request fail.
  server.keepAliveTimeout = 120_000;
  const bind = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  await bind(preferredPort).catch((error: unknown) => {
    if (preferredPort === 0) throw error;
    return bind(0);
  });
  // Bound to a TCP port, so the address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
