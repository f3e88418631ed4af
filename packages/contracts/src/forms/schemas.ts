import * as z from "zod";
import { idOf, Line, PageQuery, pageOf, recordFields, Text } from "../kit/primitives.ts";

/** Fields of a lead that a form can fill; `custom.` and a name is one of the lead's own data. */
export const FormTarget = z
  .string()
  .max(50)
  .regex(
    /^(name|company|title|email|phone|website|region|industry|message|utm(Source|Medium|Campaign|Term|Content)|custom\.[A-Za-z][A-Za-z0-9_]{0,39})$/,
    "must be a field that a form fills, or custom. and a name",
  )
  .meta({ description: "Field of the lead", example: "email" });

const inputName = Line(100);

/** Which input of the page goes into which field of the lead. */
export const FormField = z.strictObject({
  input: inputName.meta({ description: "Name of the input on the page" }),
  to: FormTarget,
  required: z.boolean().default(false),
});
export type FormField = z.infer<typeof FormField>;

const Origin = z
  .string()
  .max(200)
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, "must be an origin such as https://www.example.com")
  .meta({ example: "https://www.example.com" });

const redirectUrl = z.url({ protocol: /^https$/ }).max(500);

export const mostForms = 200;

const definition = {
  name: Line(120),
  allowedOrigins: z
    .array(Origin)
    .max(20)
    .meta({ description: "Pages that may send the form; a request that names no origin is no page's and may too" }),
  fields: z
    .array(FormField)
    .min(1)
    .max(60)
    .refine((fields) => fields.some(({ to }) => to === "name"), "needs an input for the name")
    .refine((fields) => new Set(fields.map(({ to }) => to)).size === fields.length, "fills a field twice")
    .refine((fields) => new Set(fields.map(({ input }) => input)).size === fields.length, "names an input twice"),
  source: Line(80),
  campaign: Line(120),
  consentText: Text(2000).meta({ description: "What a visitor agrees to; it is kept with each lead" }),
  consentInput: inputName.meta({
    description: "The box that a visitor ticks; without one, sending the form is the consent",
  }),
  honeypotInput: inputName.meta({
    description: "An input that people do not see; what fills it is answered as usual, and dropped",
  }),
  redirectUrl: redirectUrl.meta({ description: "Where a page that posts the form without a script goes on to" }),
};

/** A public form: whoever knows its key may send it. */
export const Form = z.object({
  id: idOf("form"),
  name: z.string(),
  key: z.string().meta({ description: "Part of the address to which the page sends the form; it is no secret" }),
  active: z.boolean(),
  allowedOrigins: z.array(z.string()),
  fields: z.array(FormField),
  source: z.string().optional(),
  campaign: z.string().optional(),
  consentText: z.string().optional(),
  consentInput: z.string().optional(),
  honeypotInput: z.string().optional(),
  redirectUrl: z.string().optional(),
  ...recordFields,
});
export type Form = z.infer<typeof Form>;

export const NewForm = z.strictObject({
  name: definition.name,
  allowedOrigins: definition.allowedOrigins.default([]),
  fields: definition.fields,
  source: definition.source.optional(),
  campaign: definition.campaign.optional(),
  consentText: definition.consentText.optional(),
  consentInput: definition.consentInput.optional(),
  honeypotInput: definition.honeypotInput.optional(),
  redirectUrl: definition.redirectUrl.optional(),
});
export type NewForm = z.infer<typeof NewForm>;

/** A `null` clears the field. */
export const FormPatch = z.strictObject({
  name: definition.name.optional(),
  active: z.boolean().optional().meta({ description: "What is not active is answered as if it were not there" }),
  allowedOrigins: definition.allowedOrigins.optional(),
  fields: definition.fields.optional(),
  source: definition.source.nullable().optional(),
  campaign: definition.campaign.nullable().optional(),
  consentText: definition.consentText.nullable().optional(),
  consentInput: definition.consentInput.nullable().optional(),
  honeypotInput: definition.honeypotInput.nullable().optional(),
  redirectUrl: definition.redirectUrl.nullable().optional(),
});
export type FormPatch = z.infer<typeof FormPatch>;

/** Nothing is asked for beside the form itself. */
export const FormKeyRotation = z.strictObject({});

export const FormPage = pageOf(Form);
export const FormQuery = z.strictObject(PageQuery);
