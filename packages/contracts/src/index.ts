export { type EventType, events } from "./events.ts";
export { type ErrorCode, errorCodes } from "./kit/error-codes.ts";
export type { EventDefinition, EventEnvelope } from "./kit/event.ts";
export type { Access, Action, Domain, Route } from "./kit/route.ts";
export { commonErrors, routes } from "./registry.ts";
