import { createReadStream, existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { LocalClock } from "../clock/local-clock.ts";
import type { LocalIam } from "../iam/local-iam.ts";
import { sendAnswer } from "./http-answer.ts";

export interface LocalPagesParts {
  readonly clock: LocalClock;
  readonly iam: LocalIam;
  /** The API's OpenAPI document, shown by the docs page. */
  readonly openApiFile?: string;
}

/** Everything under this prefix belongs to the local cloud and exists nowhere else. */
export const localPrefix = "/_local/";

type Page = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * The local cloud's own pages: `GET health`, `GET calls` (what IAM has judged), `GET clock`, `POST clock`
 * (`{"advance": "P3D"}`), `GET docs` with its parts, `GET openapi.json`.
 */
export function localPages(parts: LocalPagesParts): Page {
  const pages: Readonly<Record<string, Page>> = {
    "GET health": (_, response) => json(response, 200, { status: "ready" }),
    "GET calls": (_, response) => json(response, 200, parts.iam.calls()),
    "GET clock": (_, response) => json(response, 200, clockState(parts.clock)),
    "POST clock": (request, response) => advance(parts.clock, request, response),
    "GET docs": (_, response) =>
      sendAnswer(response, { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: docsPage }),
    "GET docs/reference.js": (_, response) => file(response, referenceScript(), "text/javascript; charset=utf-8"),
    "GET openapi.json": (_, response) => file(response, parts.openApiFile, "application/json"),
  };
  return async (request, response) => {
    const [path = ""] = (request.url ?? "").slice(localPrefix.length).split("?");
    const page = pages[`${request.method} ${path}`];
    if (page === undefined) return json(response, 404, { message: "Not Found" });
    try {
      await page(request, response);
    } catch (error) {
      json(response, 400, { message: error instanceof Error ? error.message : String(error) });
    }
  };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  sendAnswer(response, { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
}

function clockState(clock: LocalClock): { now: string; aheadSeconds: number } {
  return { now: new Date(clock.now()).toISOString(), aheadSeconds: Math.round(clock.offset() / 1000) };
}

async function advance(clock: LocalClock, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null || !("advance" in body) || typeof body.advance !== "string") {
    throw new RangeError('send {"advance": "P3D"}');
  }
  clock.advance(body.advance);
  json(response, 200, clockState(clock));
}

function file(response: ServerResponse, path: string | undefined, contentType: string): void {
  if (path === undefined || !existsSync(path)) {
    json(response, 404, { message: "Not Found" });
    return;
  }
  response.writeHead(200, { "content-type": contentType });
  createReadStream(path).pipe(response);
}

function referenceScript(): string {
  const entry = createRequire(import.meta.url).resolve("@scalar/api-reference");
  return join(dirname(entry), "browser", "standalone.js");
}

// Nothing of the page comes from the network: own script, own fonts off, calls straight to this gateway.
const docsPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title></head>
<body><div id="app"></div><script src="docs/reference.js"></script>
<script>
Scalar.createApiReference("#app", {
  url: "openapi.json",
  servers: [{ url: location.origin }],
  proxyUrl: "",
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: "never",
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
});
</script></body></html>
`;
