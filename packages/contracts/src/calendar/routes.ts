import { defineRoute } from "../kit/route.ts";
import { BusinessCalendar, OrganizationCalendar } from "./schemas.ts";

export const getCalendar = defineRoute({
  id: "getCalendar",
  domain: "organization",
  method: "GET",
  path: "/v1/organization/calendar",
  summary: "When the organisation works: hours of the week, holidays, make-up workdays",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: OrganizationCalendar,
  etag: true,
  errors: [],
});

export const putCalendar = defineRoute({
  id: "putCalendar",
  domain: "organization",
  method: "PUT",
  path: "/v1/organization/calendar",
  summary: "Decide when the organisation works; it holds within half a minute, for whoever has no hours of their own",
  access: { entity: "organization", action: "update" },
  body: BusinessCalendar,
  status: 200,
  response: OrganizationCalendar,
  etag: true,
  precondition: "if-match",
  errors: [],
});
