import type { Holding, HoldingKind, Holdings } from "@shangji/contracts/people/schemas";
import { found } from "../kit/domain-error.ts";
import type { ListPosition } from "../kit/record.ts";
import { isClosedLead } from "./closed-lead.ts";
import type { Belongings, Holdable, Users } from "./ports.ts";

/** Records of a kind that one answer counts; each page of them is a query. */
const mostCounted = 1_000;
const perPage = 200;
const mostShown = 20;

/**
 * What a user owns and leads, counted up to a thousand of each kind. `belongings` are those that the caller may read.
 * @throws DomainError `not_found`
 */
export async function listHoldings(
  { id }: { id: string },
  { users, belongings }: { users: Pick<Users, "get">; belongings: Pick<Belongings, "list"> },
): Promise<Holdings> {
  await found(users.get(id));
  const [account, contact, opportunity, lead, team] = await Promise.all(
    (["account", "contact", "opportunity", "lead", "team"] as const).map((kind) => readAll(kind, id, belongings)),
  );
  return {
    account: holdingOf(account),
    contact: holdingOf(contact),
    openOpportunity: holdingOf(opportunity, ({ status }) => status === "open"),
    closedOpportunity: holdingOf(opportunity, ({ status }) => status !== "open"),
    lead: holdingOf(lead, (each) => !isClosedLead(each)),
    team: holdingOf(team),
  };
}

interface Read {
  records: Holdable[];
  isMore: boolean;
}

async function readAll(kind: HoldingKind, userId: string, { list }: Pick<Belongings, "list">): Promise<Read> {
  const records: Holdable[] = [];
  let after: ListPosition | undefined;
  // A page of a lane that the caller sees in part may be short, so pages are counted beside records.
  for (let page = 0; page < mostCounted / perPage; page++) {
    const { items, next } = await list(kind, userId, { limit: perPage, after });
    records.push(...items);
    after = next;
    if (!after) break;
  }
  return { records, isMore: after !== undefined };
}

function holdingOf(
  { records, isMore }: Read = { records: [], isMore: false },
  isMeant = (_: Holdable) => true,
): Holding {
  const meant = records.filter(isMeant);
  const items = meant.slice(0, mostShown).map(({ id, name }) => ({ id, name }));
  return { count: meant.length, isMore, items };
}
