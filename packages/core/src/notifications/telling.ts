import type { Told } from "./ports.ts";

/** Something that somebody is to be told. */
export interface Telling extends Omit<Told, "id" | "userId" | "readAt"> {
  recipientId: string;
  /** Whether it concerns the record's owner alone. */
  ownerOnly: boolean;
}
