import type { Notification, NotificationKind } from "@shangji/contracts/notifications/schemas";
import type { NotificationTemplate, OwnNotificationTemplate } from "@shangji/contracts/notifications/templates";
import { scopeOf, type Viewer } from "../access/viewer.ts";
import { entityOf } from "../kit/ids.ts";
import type { Setting } from "../kit/setting.ts";
import type { Users } from "../people/ports.ts";
import { mayKnow } from "./may-know.ts";
import { isUsable, type MergeField } from "./merge-fields.ts";
import type { SubjectStores, Told } from "./ports.ts";
import { plainValue, render } from "./render.ts";
import { isOwned } from "./subjects.ts";
import { type ReaderLanguage, recordWords, stands, templates } from "./templates.ts";

export interface PresentDeps {
  viewer: Viewer;
  stores: SubjectStores;
  users: Pick<Users, "cached">;
  templateOf: (kind: NotificationKind) => Pick<Setting<OwnNotificationTemplate>, "cached">;
  language: ReaderLanguage;
}

/** A notification in its reader's words; `isSeen` says whether the reader may see the record that it is about. */
export interface Presented {
  notification: Notification;
  isSeen: boolean;
}

/** Makes the words of notifications of what their reader may see now. `wrap` is applied to every value that somebody has chosen. */
export async function present(
  all: readonly Told[],
  deps: PresentDeps,
  wrap: (value: string) => string = (value) => value,
): Promise<Presented[]> {
  const { language } = deps;
  const [names, wordsOf] = await Promise.all([namesOf(all, deps), ownWords(all, deps)]);
  return Promise.all(
    all.map(async ({ userId: _, ...told }) => {
      const name = names.get(told.subject.id);
      const values = {
        ...told.counts,
        ...(told.daysAhead === undefined ? {} : { days: told.daysAhead }),
        ...(told.records === undefined ? {} : { records: recordWords[language][told.records] }),
        name: name === undefined ? stands[language].hidden : wrap(name),
        by: wrap(await doerOf(told.actorId, deps)),
      } satisfies { [F in MergeField]?: string | number | undefined };
      const { title, text } = wordsOf(told.kind);
      return {
        notification: { ...told, title: render(title, values), text: render(text, values) },
        // Of work that the reader has asked for there is nothing that could be hidden.
        isSeen: name !== undefined || !isOwned(told.subject.entity),
      };
    }),
  );
}

/** The words of each kind: the customer's own, if they can be used, else the product's. */
async function ownWords(
  all: readonly Told[],
  { language, templateOf }: PresentDeps,
): Promise<(kind: NotificationKind) => NotificationTemplate> {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  const own = new Map(await Promise.all(kinds.map(async (kind) => [kind, await templateOf(kind).cached()] as const)));
  return (kind) => {
    const words = own.get(kind)?.[language];
    return words && isUsable(words, kind) ? words : templates[kind][language];
  };
}

/** Names that the reader may see, by the id of the record or the person. */
async function namesOf(all: readonly Told[], deps: PresentDeps): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const byEntity = Map.groupBy(all, ({ subject }) => subject.entity);
  await Promise.all(
    [...byEntity].map(async ([entity, told]) => {
      const ids = [...new Set(told.map(({ subject }) => subject.id))];
      if (isOwned(entity)) {
        for (const [id, record] of await deps.stores[entity].getMany(ids)) {
          // No rule hides a name from who may read its record.
          if (mayKnow(deps.viewer, entity, record)) names.set(id, plainValue(record.name));
        }
      } else if (entity === "user") {
        for (const id of ids) names.set(id, await personOf(id, deps));
      }
    }),
  );
  return names;
}

async function doerOf(actorId: string, deps: PresentDeps): Promise<string> {
  return entityOf(actorId) === "user" ? personOf(actorId, deps) : stands[deps.language].system;
}

async function personOf(id: string, { viewer, users, language }: PresentDeps): Promise<string> {
  if (scopeOf(viewer, { entity: "user", action: "read" }) === "none") return stands[language].somebody;
  return (await users.cached(id))?.name ?? stands[language].somebody;
}
