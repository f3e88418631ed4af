import { type CallContext, changeBy } from "./context.ts";
import type { Stored } from "./record.ts";
import { assertVersion } from "./revise.ts";

/** A setting of the organisation, which is replaced as a whole. */
export interface Setting<T> {
  /** As it is now; undefined as long as nobody has changed the product's own. */
  get(): Promise<Stored<T> | undefined>;
  /** May be up to 30 seconds old. */
  cached(): Promise<Stored<T> | undefined>;
  /** @throws DomainError `conflict` when the stored version is not the one before */
  save(setting: Stored<T>): Promise<void>;
}

interface SettingFields {
  version: number;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
}

/** Replaces a setting; the product's own is version 0. @throws DomainError `stale_version`, `conflict` */
export async function replaceSetting<T extends SettingFields>(
  { fields, expectedVersion }: { fields: Omit<T, keyof SettingFields>; expectedVersion: number | undefined },
  { setting, context, command }: { setting: Setting<T>; context: CallContext; command: string },
): Promise<Stored<T>> {
  const before = await setting.get();
  assertVersion(before ?? { version: 0 }, expectedVersion);
  const at = context.clock.now().toISOString();
  const after = {
    ...fields,
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
    change: changeBy(context, command, at),
  } as unknown as Stored<T>; // the fields are those of T but for the three that are set here
  await setting.save(after);
  return after;
}
