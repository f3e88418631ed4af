import * as routes from "@shangji/contracts/analytics/routes";
import { metricsIn, readFunnel, readKpis } from "@shangji/core/analytics/index";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { http, portsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getFunnel, ({ query, language, viewer }) => readFunnel(query, portsFor(language, viewer))),
    operation(routes.getKpis, ({ query, language, viewer }) => readKpis(query, portsFor(language, viewer))),
    operation(routes.getMetrics, async ({ language }) => ({ items: metricsIn(language) })),
  ],
});
