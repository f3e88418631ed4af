import { authorizer } from "@shangji/lambda/authorizer";
import { deps } from "./wiring.ts";

export const handler = authorizer(deps);
