import { CustomData, type Lead, NewLead } from "@shangji/contracts/leads/schemas";
import { statusWithOwner } from "../../leads/move-lead.ts";
import type { RowValues } from "../mapping/columns.ts";
import { RowProblem } from "../problem.ts";
import { externalIdOf, given, type Importer, readerOf } from "./importer.ts";
import { ownerFields } from "./owner.ts";
import { withScheme } from "./website.ts";

const LeadFields = NewLead.omit({ tags: true }).extend({ tags: NewLead.shape.tags.unwrap().optional() });
const columns = { utm: "utmSource" };
const customPrefix = "custom.";

/** Leads: recognised by external id only, as contacts are. A row with an owner is assigned, one without is new. */
export const leads: Importer<Lead> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const owner = reader.reference("owner");
    const utm = given({
      source: reader.text("utmSource"),
      medium: reader.text("utmMedium"),
      campaign: reader.text("utmCampaign"),
      term: reader.text("utmTerm"),
      content: reader.text("utmContent"),
    });
    const fields = reader.finish(
      LeadFields,
      given({
        name: reader.text("name"),
        company: reader.text("company"),
        title: reader.text("title"),
        email: reader.text("email"),
        phone: reader.text("phone")?.normalize("NFKC"),
        website: withScheme(reader.text("website")),
        region: reader.text("region"),
        industry: reader.text("industry"),
        source: reader.text("source"),
        campaign: reader.text("campaign"),
        utm: Object.keys(utm).length > 0 ? utm : undefined,
        message: reader.text("message"),
        custom: customOf(values),
        tags: reader.list("tags", /[;；,，、|]/),
        externalId: externalIdOf(reader.text("externalId"), context.job),
      }),
      columns,
    );
    return {
      match: { externalId: fields.externalId?.id },
      accounts: [],
      async create(known) {
        const ownership = ownerFields(owner, known);
        const status = ownership.ownerId === undefined ? "new" : "assigned";
        return { tags: [], ...fields, ...ownership, status, statusChangedAt: known.at };
      },
      async change(before, known) {
        if (before.status === "converted") throw new RowProblem("the lead has been converted, and stays as it is");
        if (before.status === "pooled") throw new RowProblem("the lead waits in a pool, and stays as it is");
        const ownership = ownerFields(owner, known, { before });
        const custom = fields.custom && { custom: withBefore(before.custom, fields.custom) };
        return { ...fields, ...custom, ...ownership, ...statusWithOwner(before, ownership, known.at) };
      },
    };
  },
};

/** The row's own values, as text: what conditions compare as numbers they may keep as they were written. */
function customOf(values: RowValues): CustomData | undefined {
  const own = [...values].flatMap(([field, value]) =>
    field.startsWith(customPrefix) ? [[field.slice(customPrefix.length), value]] : [],
  );
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

/** A file gives some of the values, and the others stay. @throws RowProblem when there are too many */
function withBefore(before: CustomData | undefined, row: CustomData): CustomData {
  const all = CustomData.safeParse({ ...before, ...row });
  if (!all.success) throw new RowProblem(`custom: ${all.error.issues[0]?.message}`);
  return all.data;
}
