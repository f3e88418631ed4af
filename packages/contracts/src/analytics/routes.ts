import { defineRoute } from "../kit/route.ts";
import { Funnel, FunnelQuery, KpiQuery, Kpis, Metrics } from "./schemas.ts";

export const getFunnel = defineRoute({
  id: "getFunnel",
  domain: "analytics",
  method: "GET",
  path: "/v1/analytics/funnel",
  summary: "Funnel of the opportunities opened in a period",
  access: { entity: "analytics", action: "read" },
  query: FunnelQuery,
  status: 200,
  response: Funnel,
  errors: ["unknown_reference", "query_too_expensive"],
});

export const getKpis = defineRoute({
  id: "getKpis",
  domain: "analytics",
  method: "GET",
  path: "/v1/analytics/kpis",
  summary: "Win rate, value, cycle and velocity of the opportunities closed in a period",
  access: { entity: "analytics", action: "read" },
  query: KpiQuery,
  status: 200,
  response: Kpis,
  errors: ["query_too_expensive"],
});

export const getMetrics = defineRoute({
  id: "getMetrics",
  domain: "analytics",
  method: "GET",
  path: "/v1/analytics/metrics",
  summary: "Each metric's formula, cohort, currency and zone rule",
  access: { entity: "analytics", action: "read" },
  status: 200,
  response: Metrics,
  errors: [],
});
