import * as z from "zod";
import { defineRoute } from "../kit/route.ts";

/** Longest body of a public form, in bytes. */
export const mostSubmissionBytes = 64_000;

/** Inputs of a page by name. Those that the form does not know are dropped. */
export const Submission = z
  .record(z.string().max(100), z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]))
  .refine((inputs) => Object.keys(inputs).length <= 100, "must have 100 inputs at most");
export type Submission = z.infer<typeof Submission>;

/** The same for everybody, whether they are known or not. */
export const Accepted = z.object({ accepted: z.literal(true) });

export const submitForm = defineRoute({
  id: "submitForm",
  domain: "public-forms",
  method: "POST",
  path: "/v1/public/forms/{key}",
  summary:
    "Send a public form; needs no token. A page without a script posts it url-encoded, and is led on with 303 where the form says so",
  access: { entity: "self", action: "create" },
  isPublic: true,
  params: z.strictObject({ key: z.string().regex(/^[A-Za-z0-9_-]{32}$/) }),
  body: Submission,
  status: 202,
  response: Accepted,
  errors: ["not_found", "origin_not_allowed"],
});
