import * as z from "zod";
import { OwnedEntity } from "../access/schemas.ts";
import { idOf, PageQuery, pageOf } from "../kit/primitives.ts";

/** Records of a page of hits at most: each costs reads, and a page is to cost thirty read units at most. */
const mostHits = 20;

/** Kinds with commas between them; a parameter that is given several times arrives like that too. */
const Entities = z
  .string()
  .max(200)
  .transform((text) => [...new Set(text.split(","))].sort())
  .pipe(z.array(OwnedEntity));

export const SearchQuery = z.strictObject({
  q: z
    .string()
    .max(100)
    .regex(/[\p{L}\p{N}]/u, "must hold a letter or a digit")
    .meta({
      description:
        "Words, or beginnings of words, of a name or of a lead's company; parts of a Chinese one from two letters on; the beginning of an e-mail address, of its domain, of a website or of an external id; a phone number in any spelling, its beginning or its last four digits. What holds all of them is found",
      example: "华为",
    }),
  entity: Entities.optional().meta({
    description: "Kinds of records, with commas between them; default: all that the caller may read",
    example: "account,contact",
  }),
  limit: z.coerce.number().int().min(1).max(mostHits).default(10),
  cursor: PageQuery.cursor,
});

export const MatchedField = z.enum(["name", "company", "email", "phone", "website", "externalId"]);

export const SearchHit = z.object({
  entity: OwnedEntity,
  id: z.union([idOf("account"), idOf("contact"), idOf("opportunity"), idOf("lead")]),
  name: z.string(),
  subtitle: z.string().optional().meta({
    description:
      "Name of the account, the industry of an account, or the company of a lead; as far as the caller may see it",
  }),
  matched: MatchedField.meta({ description: "Field that was found" }),
  ownerId: idOf("user").optional(),
  teamId: idOf("team").optional(),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchPage = pageOf(SearchHit).meta({
  description:
    "Newest record first. A change is found, and shown, a second or so later. A page may hold fewer hits than asked for, or none, as what is read for one is bounded; only without `next` it is the last.",
});
