import { isDeepStrictEqual } from "node:util";
import { NewOpportunity, type Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Stored } from "../../kit/record.ts";
import { baseAmount } from "../../organization/base-amount.ts";
import { RefusedRow, RowProblem } from "../problem.ts";
import { referTo } from "../references/references.ts";
import { currencyOf, externalIdOf, given, type Importer, type RowContext, readerOf } from "./importer.ts";
import { standingOf } from "./opportunity-history.ts";
import { pastOf, standingChange, type ToldPast } from "./opportunity-past.ts";
import { ownerFields } from "./owner.ts";

const { name, tags, amountMinor } = NewOpportunity.shape;

/** The fields of a row that are checked as the API would check them. */
const OpportunityFields = NewOpportunity.pick({
  source: true,
  currency: true,
  expectedCloseDate: true,
  externalId: true,
}).extend({
  name: name.optional(),
  tags: tags.unwrap().optional(),
  amountMinor: amountMinor.unwrap().optional(),
  lostReason: name.optional(),
});

/** Opportunities with their past: dates of opening and closing, the stage reached and the one a closed one came from. */
export const opportunities: Importer<Opportunity> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const named = reader.currency("currency");
    const valued = named ?? currencyOf(context);
    const amount = reader.amount("amount", valued);
    const references = {
      owner: reader.reference("owner"),
      account: reader.reference("account"),
      products: reader.list("products", /[;；]/),
      pipeline: reader.reference("pipeline"),
    };
    const dates = {
      openedAt: reader.instant("openedAt"),
      closedAt: reader.instant("closedAt"),
      stageEnteredAt: reader.instant("stageEnteredAt"),
    };
    const { lostReason, ...fields } = reader.finish(
      OpportunityFields,
      given({
        name: reader.text("name"),
        amountMinor: amount,
        currency: amount === undefined ? named : valued,
        expectedCloseDate: reader.date("expectedCloseDate"),
        source: reader.text("source"),
        tags: reader.list("tags", /[;；,，、|]/),
        lostReason: reader.text("lostReason"),
        externalId: externalIdOf(reader.text("externalId"), context.job),
      }),
      { amountMinor: "amount" },
    );
    const past = { ...dates, lostReason, stage: reader.text("stage"), lostFromStage: reader.text("lostFromStage") };
    const row: OpportunityRow = { fields, references, past };
    return {
      match: { externalId: fields.externalId?.id },
      accounts: references.account === undefined ? [] : [references.account],
      create: (known) => create(row, known),
      change: (before, known) => change(row, before, known),
    };
  },
};

interface OpportunityRow {
  fields: Omit<ReturnType<typeof OpportunityFields.parse>, "lostReason">;
  references: {
    owner: string | undefined;
    account: string | undefined;
    products: string[] | undefined;
    pipeline: string | undefined;
  };
  past: ToldPast;
}

async function create(row: OpportunityRow, context: RowContext): Promise<Record<string, unknown>> {
  const { fields, references, past } = row;
  const pipeline = pipelineOf(references.pipeline, context);
  const amounts = { amountMinor: fields.amountMinor ?? 0, currency: fields.currency ?? currencyOf(context) };
  const standing = standingOf(pipeline, pastOf(past, pipeline), { at: context.at, now: context.at });
  return {
    tags: [],
    ...fields,
    ...amounts,
    baseAmountMinor: await baseAmount(amounts.amountMinor, amounts.currency, context),
    name: fields.name ?? defaultName(row, context),
    ...ownerFields(references.owner, context, { isOver: standing.status !== "open" }),
    ...accountFields(references.account, context),
    productIds: productIds(references.products, context) ?? [],
    ...standing,
  };
}

async function change(
  { fields, references, past }: OpportunityRow,
  before: Stored<Opportunity>,
  context: RowContext,
): Promise<Record<string, unknown>> {
  const amounts = {
    amountMinor: fields.amountMinor ?? before.amountMinor,
    currency: fields.currency ?? before.currency,
  };
  const isNewAmount = amounts.amountMinor !== before.amountMinor || amounts.currency !== before.currency;
  const pipeline =
    references.pipeline === undefined
      ? context.known.pipelines.get(before.pipelineId)
      : pipelineOf(references.pipeline, context);
  if (!pipeline) throw new RowProblem("pipeline: the opportunity's pipeline is gone");
  const standing = standingFor(past, pipeline, before, context);
  const isOver = (standing.status ?? before.status) !== "open";
  return {
    ...fields,
    // An amount that stays keeps the rate that it was written with.
    ...(isNewAmount ? { baseAmountMinor: await baseAmount(amounts.amountMinor, amounts.currency, context) } : {}),
    ...ownerFields(references.owner, context, { before, isOver }),
    ...accountFields(references.account, context, before),
    productIds: productIds(references.products, context),
    ...standing,
  };
}

/** Where a deal stands is told anew by who may change them all; others move it step by step. @throws RowProblem */
function standingFor(
  told: ToldPast,
  pipeline: Pipeline,
  before: Stored<Opportunity>,
  { judge, at }: RowContext,
): Record<string, unknown> {
  if (judge.writesAll("update")) return standingChange(told, pipeline, before, at);
  const tells = pipeline.id !== before.pipelineId || Object.values(told).some((part) => part !== undefined);
  const standing = tells ? standingChange(told, pipeline, before, at) : {};
  const old: Record<string, unknown> = { ...before };
  const isSame = Object.entries(standing).every(([field, value]) => isDeepStrictEqual(value ?? undefined, old[field]));
  if (isSame) return {};
  throw new RefusedRow("stage_not_editable", "a deal moves by transitions and keeps its past for your role");
}

function pipelineOf(text: string | undefined, { known }: RowContext): Pipeline {
  if (text !== undefined) return referTo(known.pipelines.find(text), "pipeline", text);
  const standard = known.pipelines.all().findLast((pipeline) => pipeline.isDefault);
  if (!standard) throw new RowProblem("pipeline: the organisation has no default pipeline; map one");
  return standard;
}

function accountFields(text: string | undefined, { known }: RowContext, before: Partial<Opportunity> = {}) {
  if (text === undefined) return {};
  const account = referTo(known.accounts.find(text), "account", text);
  return account.id === before.accountId ? {} : { accountId: account.id, industry: account.industry ?? null };
}

function productIds(texts: string[] | undefined, { known }: RowContext): string[] | undefined {
  if (texts && texts.length > 20) throw new RowProblem("products: more than 20");
  return texts?.map((text) => referTo(known.products.find(text), "products", text).id);
}

/** “Account – product” names most deals as people would; the external id stands in for both. */
function defaultName({ references, fields }: OpportunityRow, { known }: RowContext): string {
  const { account, products: [product] = [] } = references;
  const names = [
    account === undefined ? undefined : known.accounts.find(account)[0]?.name,
    product === undefined ? undefined : known.products.find(product)[0]?.name,
  ].filter((part) => part !== undefined);
  const title = names.length > 0 ? names.join(" – ") : fields.externalId?.id;
  if (title === undefined) throw new RowProblem("name: is missing, and so are account, product and external id");
  return title.slice(0, 200);
}
