import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Export, ExportPage, ExportQuery, NewExport } from "./schemas.ts";

export const createExport = defineRoute({
  id: "createExport",
  domain: "exports",
  method: "POST",
  path: "/v1/exports",
  summary: "Have the records of a list written to a file, as far as one may see them",
  access: { entity: "export", action: "create" },
  body: NewExport,
  status: 202,
  response: Export,
  // Whoever asks for all there is costs more than whoever looks at a page.
  weight: 10,
  errors: ["unknown_reference"],
});

export const getExport = defineRoute({
  id: "getExport",
  domain: "exports",
  method: "GET",
  path: "/v1/exports/{id}",
  summary: "How far an export is, with a link to the finished file; for whoever asked for it, and admins",
  access: { entity: "export", action: "read" },
  params: z.strictObject({ id: idOf("export") }),
  status: 200,
  response: Export,
  errors: ["not_found"],
});

export const listExports = defineRoute({
  id: "listExports",
  domain: "exports",
  method: "GET",
  path: "/v1/exports",
  summary: "List one's own exports, and for admins those of all, latest change first",
  access: { entity: "export", action: "read" },
  query: ExportQuery,
  status: 200,
  response: ExportPage,
  errors: ["invalid_cursor"],
});
