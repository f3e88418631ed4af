import type { BehaviourData } from "@shangji/contracts/scoring/behaviour";
import type { CatalogueOf } from "../conditions/field.ts";

/** What conditions of engagement rules may look at in an event. */
export const eventFields = {
  url: { kind: "text" },
  path: { kind: "text" },
  title: { kind: "text" },
  campaign: { kind: "text" },
  medium: { kind: "text" },
  seconds: { kind: "number" },
  value: { kind: "number" },
} as const satisfies CatalogueOf<BehaviourData>;
