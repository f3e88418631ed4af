import * as z from "zod";
import { Email, idOf, PageQuery, Phone, pageOf, recordFields } from "../kit/primitives.ts";

/** Whoever asks what is kept about them, or wants it gone. */
export const SubjectId = z.union([idOf("contact"), idOf("lead"), idOf("user")]);

export const DataSubjectRequestType = z.enum(["export", "erasure"]);
export const DataSubjectRequestStatus = z.enum(["running", "completed", "failed"]);

/** What was asked for on behalf of a person, and how far it is. It holds ids only, so it may be kept as evidence. */
export const DataSubjectRequest = z.object({
  id: idOf("dataSubjectRequest"),
  type: DataSubjectRequestType,
  subjectId: SubjectId,
  reference: z.string().optional(),
  status: DataSubjectRequestStatus,
  store: z.string().optional().meta({
    description: "Where it is at: the store that is being erased; absent before the first and after the last",
  }),
  items: z.int().meta({ description: "Items that were erased or exported so far" }),
  downloadUrl: z.string().optional().meta({
    description: "JSON file of a completed export; the link works for a few minutes, the file is kept for a week",
  }),
  problem: z.string().optional(),
  finishedAt: z.string().optional(),
  createdBy: z.string(),
  ...recordFields,
});
export type DataSubjectRequest = z.infer<typeof DataSubjectRequest>;

export const NewDataSubjectRequest = z.strictObject({
  type: DataSubjectRequestType,
  subjectId: SubjectId,
  reference: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9./_-]{0,39}$/, "must be a case number: capital letters, digits and ./_-")
    .optional()
    .meta({ description: "Number of the case where it is filed; no names, as it is never erased" }),
});
export type NewDataSubjectRequest = z.infer<typeof NewDataSubjectRequest>;

export const DataSubjectRequestPage = pageOf(DataSubjectRequest);
export const DataSubjectRequestQuery = z.strictObject(PageQuery);

export const DataSubjectQuery = z
  .strictObject({
    email: Email.optional().meta({ description: "As a whole; case does not matter" }),
    phone: Phone.optional().meta({
      description: "In any way of writing; without a country code it is one of the organisation's country",
    }),
  })
  .refine(({ email, phone }) => (email === undefined) !== (phone === undefined), "give email or phone");

/** A person who may be the one that asks; compare before anything is exported or erased. */
export const DataSubject = z.object({
  id: SubjectId,
  name: z.string(),
  title: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  accountId: idOf("account").optional(),
});
export const DataSubjects = z.object({ items: z.array(DataSubject) });
