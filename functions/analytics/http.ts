import * as routes from "@shangji/contracts/analytics/routes";
import { metricsIn, readFunnel, readKpis } from "@shangji/core/analytics/index";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { http, portsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getFunnel, ({ query, language }) => readFunnel(query, portsFor(language))),
    operation(routes.getKpis, ({ query, language }) => readKpis(query, portsFor(language))),
    operation(routes.getMetrics, async ({ language }) => ({ items: metricsIn(language) })),
  ],
});
