import * as access from "./access/routes.ts";
import * as accounts from "./accounts/routes.ts";
import * as analytics from "./analytics/routes.ts";
import * as assignment from "./assignment/routes.ts";
import * as audit from "./audit/routes.ts";
import * as calendar from "./calendar/routes.ts";
import * as contacts from "./contacts/routes.ts";
import * as exports from "./exports/routes.ts";
import * as forms from "./forms/routes.ts";
import * as imports from "./imports/routes.ts";
import type { Route } from "./kit/route.ts";
import * as leads from "./leads/routes.ts";
import * as merges from "./merges/routes.ts";
import * as notifications from "./notifications/routes.ts";
import * as opportunities from "./opportunities/routes.ts";
import * as organization from "./organization/routes.ts";
import * as people from "./people/routes.ts";
import * as pipelines from "./pipelines/routes.ts";
import * as pools from "./pools/routes.ts";
import * as products from "./products/routes.ts";
import * as protection from "./protection/routes.ts";
import * as publicForms from "./public-forms/routes.ts";
import * as recycling from "./recycling/routes.ts";
import * as scoring from "./scoring/routes.ts";
import * as search from "./search/routes.ts";
import * as serviceAccounts from "./service-accounts/routes.ts";
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
  leads,
  forms,
  { submitForm: publicForms.submitForm },
  pools,
  timeline,
  imports,
  exports,
  analytics,
  organization,
  calendar,
  assignment,
  recycling,
  scoring,
  serviceAccounts,
  audit,
  protection,
  merges,
  search,
  views,
  notifications,
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
