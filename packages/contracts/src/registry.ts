import * as access from "./access/routes.ts";
import * as accountsEvents from "./accounts/events.ts";
import * as accounts from "./accounts/routes.ts";
import * as analytics from "./analytics/routes.ts";
import * as audit from "./audit/routes.ts";
import * as contactsEvents from "./contacts/events.ts";
import * as contacts from "./contacts/routes.ts";
import * as importsEvents from "./imports/events.ts";
import * as imports from "./imports/routes.ts";
import type { EventDefinition } from "./kit/event.ts";
import type { Route } from "./kit/route.ts";
import * as opportunitiesEvents from "./opportunities/events.ts";
import * as opportunities from "./opportunities/routes.ts";
import * as organization from "./organization/routes.ts";
import * as peopleEvents from "./people/events.ts";
import * as people from "./people/routes.ts";
import * as pipelinesEvents from "./pipelines/events.ts";
import * as pipelines from "./pipelines/routes.ts";
import * as productsEvents from "./products/events.ts";
import * as products from "./products/routes.ts";
import * as serviceAccounts from "./service-accounts/routes.ts";
import * as timelineEvents from "./timeline/events.ts";
import * as timeline from "./timeline/routes.ts";
import * as views from "./views/routes.ts";

/** Every operation of the API. */
export const routes: readonly Route[] = [
  access,
  people,
  accounts,
  contacts,
  products,
  pipelines,
  opportunities,
  timeline,
  imports,
  analytics,
  organization,
  serviceAccounts,
  audit,
  views,
].flatMap((domain): Route[] => Object.values(domain));

/** Codes that any operation may answer with, besides its own. */
export const commonErrors = [
  "unauthenticated",
  "forbidden",
  "field_not_allowed",
  "internal",
  "unavailable",
  "too_many_requests",
] as const;

/** Every public event. */
export const events = [
  ...Object.values(accountsEvents),
  ...Object.values(contactsEvents),
  ...Object.values(productsEvents),
  ...Object.values(peopleEvents),
  ...Object.values(pipelinesEvents),
  ...Object.values(opportunitiesEvents),
  ...Object.values(timelineEvents),
  ...Object.values(importsEvents),
] as const satisfies readonly EventDefinition[];

export type EventType = (typeof events)[number]["type"];
