export { type ErrorCode, errorCodes } from "./kit/error-codes.ts";
export type { Access, Action, Domain, Route } from "./kit/route.ts";
export { commonErrors, routes } from "./registry.ts";
