import { defineRoute } from "../kit/route.ts";
import { SearchPage, SearchQuery } from "./schemas.ts";

export const search = defineRoute({
  id: "search",
  domain: "search",
  method: "GET",
  path: "/v1/search",
  summary: "Find accounts, contacts, opportunities and leads by words, prefixes, e-mail or phone, newest first",
  access: { entity: "search", action: "read" },
  query: SearchQuery,
  status: 200,
  response: SearchPage,
  errors: ["invalid_cursor"],
});
