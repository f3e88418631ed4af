import * as accountsEvents from "./accounts/events.ts";
import * as assignmentEvents from "./assignment/events.ts";
import * as contactsEvents from "./contacts/events.ts";
import * as exportsEvents from "./exports/events.ts";
import * as importsEvents from "./imports/events.ts";
import type { EventDefinition } from "./kit/event.ts";
import * as leadsEvents from "./leads/events.ts";
import * as mergesEvents from "./merges/events.ts";
import * as opportunitiesEvents from "./opportunities/events.ts";
import * as peopleEvents from "./people/events.ts";
import * as pipelinesEvents from "./pipelines/events.ts";
import * as productsEvents from "./products/events.ts";
import * as protectionEvents from "./protection/events.ts";
import * as recyclingEvents from "./recycling/events.ts";
import * as scoringEvents from "./scoring/events.ts";
import * as timelineEvents from "./timeline/events.ts";

/** Every public event. */
export const events = [
  ...Object.values(accountsEvents),
  ...Object.values(contactsEvents),
  ...Object.values(productsEvents),
  ...Object.values(peopleEvents),
  ...Object.values(pipelinesEvents),
  ...Object.values(opportunitiesEvents),
  ...Object.values(leadsEvents),
  ...Object.values(assignmentEvents),
  ...Object.values(recyclingEvents),
  ...Object.values(timelineEvents),
  ...Object.values(importsEvents),
  ...Object.values(exportsEvents),
  ...Object.values(protectionEvents),
  ...Object.values(mergesEvents),
  ...Object.values(scoringEvents),
] as const satisfies readonly EventDefinition[];

export type EventType = (typeof events)[number]["type"];
