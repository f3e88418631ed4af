import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Import, ImportPage, ImportQuery, NewImport } from "./schemas.ts";

export const createImport = defineRoute({
  id: "createImport",
  domain: "imports",
  method: "POST",
  path: "/v1/imports",
  summary: "Begin an import: it starts by itself when the CSV has been put to uploadUrl",
  access: { entity: "import", action: "create" },
  body: NewImport,
  status: 201,
  response: Import,
  errors: ["field_not_allowed"],
});

export const getImport = defineRoute({
  id: "getImport",
  domain: "imports",
  method: "GET",
  path: "/v1/imports/{id}",
  summary: "Progress and result of an import",
  access: { entity: "import", action: "read" },
  params: z.strictObject({ id: idOf("import") }),
  status: 200,
  response: Import,
  errors: ["not_found"],
});

export const listImports = defineRoute({
  id: "listImports",
  domain: "imports",
  method: "GET",
  path: "/v1/imports",
  summary: "List imports, newest first",
  access: { entity: "import", action: "read" },
  query: ImportQuery,
  status: 200,
  response: ImportPage,
  errors: ["invalid_cursor"],
});
