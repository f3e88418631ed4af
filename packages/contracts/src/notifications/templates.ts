import * as z from "zod";
import { Line, recordFields, Text } from "../kit/primitives.ts";
import { NotificationKind, NotificationTopic } from "./schemas.ts";
import { templateLimits } from "./template-limits.ts";

// Marks of direction turn the text around them; of control characters a text may hold line breaks.
const plain = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;
const isPlain = (text: string) => plain.test(text.replaceAll("\n", ""));
const controls = "must hold no control characters but line breaks, and no marks of direction";

/** The words of a notification in one language. `{field}` stands for a value; of other braces there are none. */
export const NotificationTemplate = z.strictObject({
  title: Line(templateLimits.title)
    .refine(isPlain, controls)
    .meta({ description: "One line; the subject of a mail", example: "A lead for you: {name}" }),
  text: Text(templateLimits.text)
    .refine(isPlain, controls)
    .meta({ description: "Plain text; links in it stay, those in values are broken in mail" }),
});
export type NotificationTemplate = z.infer<typeof NotificationTemplate>;

/** The languages that people read in. */
const languages = { en: NotificationTemplate, "zh-CN": NotificationTemplate };

export const NewNotificationTemplate = z
  .strictObject(languages)
  .partial()
  .refine((texts) => Object.values(texts).some((text) => text !== undefined), "must have one of en and zh-CN")
  .meta({ description: "A language that is left out has the product's words" });
export type NewNotificationTemplate = z.infer<typeof NewNotificationTemplate>;

/** The customer's own words of a kind; version 0 as long as it never had any. */
export const OwnNotificationTemplate = z
  .object({ ...languages, ...recordFields, version: z.int().min(0) })
  .partial({ en: true, "zh-CN": true, createdAt: true, updatedAt: true });
export type OwnNotificationTemplate = z.infer<typeof OwnNotificationTemplate>;

/** All that there is to know of the words of a kind. */
export const NotificationTemplates = z.object({
  items: z.array(
    z.object({
      kind: NotificationKind,
      topic: NotificationTopic,
      fields: z.array(z.string()).meta({ description: "What the texts of this kind may name in braces" }),
      product: z.object(languages).meta({ description: "The product's words" }),
      own: OwnNotificationTemplate.meta({
        description: "The customer's words, which come first; its version is what If-Match names",
      }),
    }),
  ),
});
export type NotificationTemplates = z.infer<typeof NotificationTemplates>;
