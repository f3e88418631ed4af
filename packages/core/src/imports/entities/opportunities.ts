import { NewOpportunity, type Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline, Stage } from "@shangji/contracts/pipelines/schemas";
import type { Stored } from "../../kit/record.ts";
import { moveTo } from "../../opportunities/move-stage.ts";
import { baseAmount } from "../../organization/base-amount.ts";
import { RowProblem } from "../problem.ts";
import { referTo, stageOf } from "../references/references.ts";
import { currencyOf, externalIdOf, given, type Importer, type RowContext, readerOf } from "./importer.ts";
import { type Past, standingOf } from "./opportunity-history.ts";
import { ownerFields } from "./owner.ts";

const schema = NewOpportunity.omit({
  stageId: true,
  pipelineId: true,
  openedAt: true,
  ownerId: true,
  accountId: true,
}).extend({
  name: NewOpportunity.shape.name.optional(),
  tags: NewOpportunity.shape.tags.optional(),
  amountMinor: NewOpportunity.shape.amountMinor.optional(),
  productIds: NewOpportunity.shape.productIds.optional(),
  lostReason: NewOpportunity.shape.name.optional(),
});

/** Opportunities with their past: dates of opening and closing, the stage reached and the one a closed one came from. */
export const opportunities: Importer<Opportunity> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const named = reader.currency("currency");
    const amountMinor = reader.amount("amount", named ?? currencyOf(context));
    const row: OpportunityRow = {
      texts: values,
      products: reader.list("products", /[;；]/),
      dates: {
        openedAt: reader.instant("openedAt"),
        closedAt: reader.instant("closedAt"),
        stageEnteredAt: reader.instant("stageEnteredAt"),
      },
      ...readFields(),
    };
    function readFields(): Pick<OpportunityRow, "fields"> {
      const parsed = reader.finish(
        schema,
        given({
          name: reader.text("name"),
          amountMinor,
          currency: amountMinor === undefined ? named : (named ?? currencyOf(context)),
          expectedCloseDate: reader.date("expectedCloseDate"),
          source: reader.text("source"),
          tags: reader.list("tags", /[;；,，、|]/),
          lostReason: reader.text("lostReason"),
          externalId: externalIdOf(reader.text("externalId"), context.job),
        }),
        { amountMinor: "amount", externalId: "externalId" },
      );
      return { fields: given(parsed) };
    }
    const account = reader.reference("account");
    return {
      match: { externalId: reader.text("externalId") },
      accounts: account === undefined ? [] : [account],
      create: (known) => create(row, known),
      change: (before, known) => change(row, before, known),
    };
  },
};

interface OpportunityRow {
  texts: ReadonlyMap<string, string>;
  products: string[] | undefined;
  dates: Pick<Past, "openedAt" | "closedAt" | "stageEnteredAt">;
  fields: Record<string, unknown>;
}

async function create(row: OpportunityRow, context: RowContext): Promise<Record<string, unknown>> {
  const { lostReason: _, ...fields } = row.fields;
  const pipeline = pipelineOf(row, context);
  const amounts = { amountMinor: 0, currency: currencyOf(context), ...fields } as Amounts; // fields are parsed by the schema
  return {
    tags: [],
    ...fields,
    ...amounts,
    baseAmountMinor: await baseAmount(amounts.amountMinor, amounts.currency, context),
    name: fields.name ?? defaultName(row, context),
    ...ownerFields(row.texts.get("owner"), context),
    ...accountFields(row, context),
    productIds: productIds(row, context) ?? [],
    ...standingOf(pipeline, pastOf(row, pipeline), { at: context.at, now: context.at }),
  };
}

type Amounts = Pick<Opportunity, "amountMinor" | "currency">;

async function change(
  row: OpportunityRow,
  before: Stored<Opportunity>,
  context: RowContext,
): Promise<Record<string, unknown>> {
  const { lostReason: _, ...fields } = row.fields;
  const amounts = { amountMinor: before.amountMinor, currency: before.currency, ...fields } as Amounts; // as in create
  const isNewAmount = amounts.amountMinor !== before.amountMinor || amounts.currency !== before.currency;
  return {
    ...fields,
    ...(isNewAmount ? { baseAmountMinor: await baseAmount(amounts.amountMinor, amounts.currency, context) } : {}),
    ...ownerFields(row.texts.get("owner"), context, before),
    ...accountFields(row, context, before),
    productIds: productIds(row, context),
    ...standingChange(row, before, context),
  };
}

/**
 * Where an existing record stands after the row. If its last change came from an import, the row tells its past anew. Once
 * people have worked on it their history stays, and another stage in the row is one more move.
 */
function standingChange(
  row: OpportunityRow,
  before: Stored<Opportunity>,
  context: RowContext,
): Record<string, unknown> {
  const pipeline = row.texts.has("pipeline")
    ? pipelineOf(row, context)
    : context.known.pipelines.get(before.pipelineId);
  if (!pipeline) throw new RowProblem("pipeline: the opportunity's pipeline is gone");
  const past = pastOf(row, pipeline, before);
  if (before.change.source === "import") {
    const { pipelineVersion, ...standing } = standingOf(pipeline, past, { at: before.createdAt, now: context.at });
    const stays = past.stage.id === before.stageId;
    return {
      closedAt: null,
      firstClosedAt: null,
      lostReason: null,
      ...standing,
      ...(stays ? {} : { pipelineVersion }),
    };
  }
  if (pipeline.id !== before.pipelineId) throw new RowProblem("pipeline: an opportunity stays in its pipeline");
  if (past.stage.id === before.stageId) return {};
  const earliest = before.history.at(-1)?.enteredAt ?? before.createdAt;
  let moved = past.closedAt ?? past.stageEnteredAt ?? context.at;
  if (moved < earliest) moved = earliest;
  return moveTo(before, past.stage, moved, past.lostReason);
}

/** What a row says about the past; what it leaves open is filled from the stored record. */
function pastOf(row: OpportunityRow, pipeline: Pipeline, before?: Stored<Opportunity>): Past {
  const { texts, dates } = row;
  const first = pipeline.stages[0];
  if (!first) throw new RowProblem("pipeline: it has no stages");
  const stageText = texts.get("stage") ?? before?.stageId;
  const stage = stageText === undefined ? first : stageOf(pipeline, "stage", stageText);
  const lostFromText = texts.get("lostFromStage");
  const lostFrom =
    lostFromText === undefined
      ? (storedLostFrom(pipeline, before) ?? first)
      : stageOf(pipeline, "lostFromStage", lostFromText);
  if (lostFrom.type !== "open") throw new RowProblem("lostFromStage: is not an open stage");
  const openedAt = dates.openedAt ?? before?.openedAt;
  const closedAt = dates.closedAt ?? (stage.type === "open" ? undefined : before?.closedAt);
  return {
    stage,
    lostFrom,
    openedAt,
    closedAt,
    stageEnteredAt:
      dates.stageEnteredAt ?? storedEntry(stage.type === "open" ? stage : lostFrom, before, { openedAt, closedAt }),
    lostReason: texts.get("lostReason") ?? before?.lostReason,
  };
}

/** When the record entered a stage, as far as it still fits between the dates. */
function storedEntry(
  stage: Stage,
  before: Stored<Opportunity> | undefined,
  { openedAt, closedAt }: Pick<Past, "openedAt" | "closedAt">,
): string | undefined {
  const at = before?.history.findLast((visit) => visit.stageId === stage.id)?.enteredAt;
  const fits = at !== undefined && at >= (openedAt ?? at) && at <= (closedAt ?? at);
  return fits ? at : undefined;
}

function storedLostFrom(pipeline: Pipeline, before: Stored<Opportunity> | undefined) {
  const last = before?.history.findLast((visit) =>
    pipeline.stages.some(({ id, type }) => id === visit.stageId && type === "open"),
  );
  return last && pipeline.stages.find((stage) => stage.id === last.stageId);
}

function pipelineOf({ texts }: OpportunityRow, { known }: RowContext): Pipeline {
  const text = texts.get("pipeline");
  if (text !== undefined) return referTo(known.pipelines.find(text), "pipeline", text);
  const standard = known.pipelines.all().findLast((pipeline) => pipeline.isDefault);
  if (!standard) throw new RowProblem("pipeline: the organisation has no default pipeline; map one");
  return standard;
}

function accountFields({ texts }: OpportunityRow, { known }: RowContext, before: Partial<Opportunity> = {}) {
  const text = texts.get("account");
  if (text === undefined) return {};
  const account = referTo(known.accounts.find(text), "account", text);
  return account.id === before.accountId ? {} : { accountId: account.id, industry: account.industry ?? null };
}

function productIds({ products }: OpportunityRow, { known }: RowContext): string[] | undefined {
  if (products && products.length > 20) throw new RowProblem("products: more than 20");
  return products?.map((text) => referTo(known.products.find(text), "products", text).id);
}

/** “Account – product” names most deals as people would; the external id stands in for both. */
function defaultName({ texts, products }: OpportunityRow, { known }: RowContext): string {
  const account = texts.get("account");
  const names = [
    account === undefined ? undefined : known.accounts.find(account)[0]?.name,
    products?.[0] === undefined ? undefined : known.products.find(products[0])[0]?.name,
  ].filter((name) => name !== undefined);
  const name = names.length > 0 ? names.join(" – ") : texts.get("externalId");
  if (name === undefined) throw new RowProblem("name: is missing, and so are account, product and external id");
  return name.slice(0, 200);
}
