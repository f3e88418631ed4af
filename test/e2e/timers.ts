import { eventually, raw } from "./api.ts";
import type { SignedIn } from "./sign-in.ts";

/** The cloud's time, in milliseconds. */
export const nowOf = async () =>
  Date.parse(String((await raw("/_local/clock", { body: { advance: "PT0S" } })).body.now));

/** Moves the cloud's clock on to an instant. */
export async function until(instant: number) {
  const seconds = Math.ceil((instant - (await nowOf())) / 1000);
  if (seconds > 0) await raw("/_local/clock", { body: { advance: `PT${seconds}S` } });
}

export interface Told {
  kind: string;
  title: string;
  subject: { id: string };
}

/** What somebody is told of a lead in Chinese, once there are so many of the kind. */
export async function toldTo(person: SignedIn, kind: string, leadId: string, count = 1): Promise<Told[]> {
  const ask = async () => {
    const { body } = await raw("/v1/notifications", {
      token: await person.freshToken(),
      headers: { "accept-language": "zh-CN" },
    });
    const items = body.items as Told[];
    return items.filter((item) => item.kind === kind && item.subject.id === leadId);
  };
  return eventually(ask, (items) => items.length >= count, 90);
}

/** A countdown once there is one that is as is asked for. */
export async function onceShown<T>(
  ask: () => Promise<T | undefined>,
  satisfies: (shown: T) => boolean = () => true,
): Promise<T> {
  const shown = await eventually(ask, (found) => found !== undefined && satisfies(found), 90);
  if (shown === undefined) throw new Error("it was waited for");
  return shown;
}
