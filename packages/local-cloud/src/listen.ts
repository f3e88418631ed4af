import type { Server } from "node:http";
import { CloudError } from "./cloud-error.ts";

/** Makes a server listen on the loopback interface; 0 = any free port. Throws a `CloudError` for a taken port. */
export async function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = "code" in error && error.code === "EADDRINUSE";
      reject(taken ? new CloudError(`Port ${port} is taken; choose another one with PORT.`) : error);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
