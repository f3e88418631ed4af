import { NotificationKind } from "@shangji/contracts/notifications/schemas";
import type {
  NewNotificationTemplate,
  NotificationTemplate,
  NotificationTemplates,
  OwnNotificationTemplate,
} from "@shangji/contracts/notifications/templates";
import type { CallContext } from "../kit/context.ts";
import { DomainError, type FieldError, notFound } from "../kit/domain-error.ts";
import { assertVersion } from "../kit/revise.ts";
import { replaceSetting } from "../kit/setting.ts";
import { faultIn, mergeFields } from "./merge-fields.ts";
import type { TemplateOf } from "./ports.ts";
import { templates } from "./templates.ts";
import { topicOf } from "./topics.ts";

const none: OwnNotificationTemplate = { version: 0 };

/** The words of all kinds, as they are now. */
export async function listTemplates({ templateOf }: { templateOf: TemplateOf }): Promise<NotificationTemplates> {
  const items = NotificationKind.options.map(async (kind) => ({
    kind,
    topic: topicOf[kind],
    fields: [...mergeFields[kind]],
    product: templates[kind],
    own: (await templateOf(kind).get()) ?? none,
  }));
  return { items: await Promise.all(items) };
}

interface Target {
  kind: NotificationKind;
  expectedVersion: number | undefined;
}

interface Deps {
  templateOf: TemplateOf;
  context: CallContext;
}

/**
 * Puts the customer's own words of a kind in the place of those that it had.
 * @throws DomainError `invalid_request` naming what a text may not hold, `stale_version`, `conflict`
 */
export async function putTemplate(
  { kind, expectedVersion, texts }: Target & { texts: NewNotificationTemplate },
  { templateOf, context }: Deps,
): Promise<OwnNotificationTemplate> {
  const errors = Object.entries(texts).flatMap(([language, words]) => (words ? faultsIn(words, kind, language) : []));
  if (errors.length > 0) throw new DomainError("invalid_request", "The texts cannot be used.", { errors });
  return replaceSetting<OwnNotificationTemplate>(
    { fields: texts, expectedVersion },
    { setting: templateOf(kind), context, command: "putNotificationTemplate" },
  );
}

/**
 * Takes the customer's own words away. What is left goes on counting its versions, so that one that has been read before is never
 * that of other words. @throws DomainError `not_found` when there are none, `stale_version`, `conflict`
 */
export async function deleteTemplate({ kind, expectedVersion }: Target, { templateOf, context }: Deps): Promise<void> {
  const setting = templateOf(kind);
  const before = (await setting.get()) ?? none;
  assertVersion(before, expectedVersion);
  if (!before.en && !before["zh-CN"]) throw notFound();
  await replaceSetting<OwnNotificationTemplate>(
    { fields: {}, expectedVersion },
    { setting, context, command: "deleteNotificationTemplate" },
  );
}

function faultsIn({ title, text }: NotificationTemplate, kind: NotificationKind, language: string): FieldError[] {
  return Object.entries({ title, text }).flatMap(([part, words]) => {
    const message = faultIn(words, kind);
    return message === undefined ? [] : [{ pointer: `/body/${language}/${part}`, message }];
  });
}
