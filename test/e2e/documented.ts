import { routes } from "@shangji/contracts";
import { openApiDocument } from "../../scripts/generate/openapi.ts";

interface Documented {
  paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>;
}

let document: Documented | undefined;

const patterns = routes.map(({ method, path }) => ({
  method,
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

/** Every refusal that a test gets must be one that the API's document tells of. @throws Error when it does not */
export function assertDocumented(
  method: string,
  url: string,
  { status, code }: { status: number; code: unknown },
): void {
  const [path = ""] = url.split("?");
  // The most words of its own tell a route from those with ids in their place.
  const [route] = patterns
    .filter((one) => one.method === method && one.pattern.test(path))
    .sort((left, right) => left.path.split("{").length - right.path.split("{").length);
  if (!route) return;
  document ??= openApiDocument() as unknown as Documented; // as it is made
  const told = document.paths[route.path]?.[method.toLowerCase()]?.responses[status]?.description ?? "";
  if (!told.includes(`\`${String(code)}\``))
    throw new Error(`${method} ${route.path} answered ${status} ${String(code)}, which its document does not tell of`);
}
