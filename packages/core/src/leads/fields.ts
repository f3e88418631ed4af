import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CatalogueOf, Field } from "../conditions/field.ts";
import { ownedFields } from "../kit/record-fields.ts";

const statuses = [
  "new",
  "assigned",
  "working",
  "converted",
  "disqualified",
  "pooled",
] as const satisfies Lead["status"][];

/** Part of where a visitor came from: the whole is shown, and its parts are what one selects by. */
function utm(part: keyof NonNullable<Lead["utm"]>): Field {
  return { kind: "text", derive: (record) => (record as Partial<Lead>).utm?.[part] }; // the fields below are those of leads
}

/** The fields of leads, and the parts of where they came from beside them. */
export const leadFields = {
  ...ownedFields,
  name: { kind: "text" },
  company: { kind: "text" },
  title: { kind: "text" },
  email: { kind: "text" },
  phone: { kind: "text" },
  website: { kind: "text" },
  region: { kind: "text" },
  industry: { kind: "text" },
  source: { kind: "text" },
  campaign: { kind: "text" },
  utm: { kind: "opaque" },
  utmSource: utm("source"),
  utmMedium: utm("medium"),
  utmCampaign: utm("campaign"),
  message: { kind: "opaque" },
  custom: { kind: "opaque", keyed: true },
  consent: { kind: "opaque" },
  formId: { kind: "token" },
  status: { kind: "token", values: statuses },
  statusReason: { kind: "text" },
  statusChangedAt: { kind: "instant" },
  conversion: { kind: "opaque" },
  pool: { kind: "opaque" },
  poolId: { kind: "token", derive: (record) => (record as Partial<Lead>).pool?.poolId }, // as above
} as const satisfies CatalogueOf<Lead> & Record<"utmSource" | "utmMedium" | "utmCampaign" | "poolId", Field>;
