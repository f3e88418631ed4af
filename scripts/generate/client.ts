import { errorCodes, routes } from "@shangji/contracts";
import { compile, type JSONSchema } from "json-schema-to-typescript";

type Json = Record<string, unknown>;

/** Public operations are for pages and their visitors, who have no token and no client. */
const ofCallers = routes.filter(({ isPublic }) => !isPublic);

/** Source of the client's types: one interface per operation, from the OpenAPI document. */
export async function clientTypes(document: Json): Promise<string> {
  const paths = document.paths as Record<string, Record<string, Operation>>; // made by openApiDocument
  const definitions = (document.components as { schemas: Json }).schemas;
  const properties: Json = {};
  for (const route of ofCallers) {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    if (operation) properties[route.id] = shapeOf(operation, route.status);
  }
  const schema = { title: "Operations", ...objectOf(properties), $defs: definitions };
  const local = JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/")) as JSONSchema; // JSON in, JSON out
  return compile(local, "Operations", {
    additionalProperties: false,
    bannerComment: "// Generated from openapi/openapi.json by `npm run generate`. Do not edit.",
    style: { printWidth: 120 },
    unreachableDefinitions: false,
    // Lists are made as lists; as tuples of their least length they would have to be cast.
    ignoreMinAndMaxItems: true,
  });
}

/** Source of the client's route table: method and path per operation, and the codes of all refusals. */
export function clientRoutes(): string {
  const lines = ofCallers.map((route) => `  ${route.id}: { method: "${route.method}", path: "${route.path}" },`);
  return [
    "// Generated from openapi/openapi.json by `npm run generate`. Do not edit.",
    "export const routes = {",
    ...lines,
    "} as const;",
    "",
    "export const problemCodes = [",
    ...Object.keys(errorCodes).map((code) => `  "${code}",`),
    "] as const;",
    "",
  ].join("\n");
}

interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

function shapeOf({ parameters, requestBody, responses }: Operation, status: number): Json {
  const shape: Json = {};
  for (const place of ["path", "query"]) {
    const named = parameters.filter((parameter) => parameter.in === place);
    if (named.length === 0) continue;
    const required = named.filter((parameter) => parameter.required).map((parameter) => parameter.name);
    shape[place] = objectOf(Object.fromEntries(named.map((parameter) => [parameter.name, parameter.schema])), required);
  }
  if (requestBody) shape.body = requestBody.content["application/json"]?.schema ?? {};
  shape.response = responses[status]?.content?.["application/json"]?.schema ?? { type: "null" };
  return objectOf(shape);
}

function objectOf(properties: Json, required = Object.keys(properties)): Json {
  return { type: "object", additionalProperties: false, properties, required };
}
