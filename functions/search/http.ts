import * as routes from "@shangji/contracts/search/routes";
import { searchRecords } from "@shangji/core/search/search-records";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { depsFor, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.search, ({ query, after, viewer }) => searchRecords({ query, after }, depsFor(viewer))),
  ],
});
