import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Team, User } from "@shangji/contracts/people/schemas";
import type { Pipeline, Stage } from "@shangji/contracts/pipelines/schemas";
import type { Product } from "@shangji/contracts/products/schemas";
import { foldName } from "../../kit/fold.ts";
import { RowProblem, UnresolvedReference } from "../problem.ts";
import type { Directory } from "./directory.ts";

/** What an import needs to know of an account that a row refers to. */
export type ReferredAccount = Pick<Account, "id" | "name" | "industry">;

/** Everything that rows of a chunk can refer to, in memory. */
export interface Known {
  users: Directory<User>;
  teams: Directory<Team>;
  products: Directory<Product>;
  pipelines: Directory<Pipeline>;
  /** Accounts that a text can mean; loaded before the rows are built. */
  accounts: { find(text: string): readonly ReferredAccount[] };
}

/** @throws RowProblem when a text means nothing or several records. */
export function referTo<T>(found: readonly T[], field: string, text: string): T {
  const [first, second] = found;
  if (second) throw new RowProblem(`${field}: several records are called “${shorten(text)}”; give an id instead`);
  if (!first) throw new UnresolvedReference(`${field}: there is no record “${shorten(text)}”`, field);
  return first;
}

/** A stage of a pipeline by id or by its name in any language. @throws RowProblem */
export function stageOf(pipeline: Pipeline, field: string, text: string): Stage {
  const name = foldName(text);
  const stage = pipeline.stages.find(
    (known) => known.id === text || foldName(known.name.en) === name || foldName(known.name["zh-CN"] ?? "") === name,
  );
  if (stage) return stage;
  const names = pipeline.stages.map((known) => known.name.en).join(", ");
  throw new RowProblem(`${field}: “${shorten(text)}” is no stage of the pipeline (${names})`);
}

export const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
