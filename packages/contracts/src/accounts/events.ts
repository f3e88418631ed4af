import { defineEvent, previousOf } from "../kit/event.ts";
import { Account } from "./schemas.ts";

export const accountCreated = defineEvent("account.created.v1", "An account was added", Account);
export const accountUpdated = defineEvent(
  "account.updated.v1",
  "Fields of an account were changed",
  Account,
  previousOf(Account),
);
export const accountPooled = defineEvent(
  "account.pooled.v1",
  "An account was put into a pool, where it is nobody's until somebody claims it",
  Account,
  previousOf(Account),
);
export const accountUnpooled = defineEvent(
  "account.unpooled.v1",
  "An account has left its pool: it was claimed, given to somebody or taken out",
  Account,
  previousOf(Account),
);
export const accountDeleted = defineEvent(
  "account.deleted.v1",
  "An account was deleted; data is its last state",
  Account,
);
export const accountRestored = defineEvent("account.restored.v1", "An account that had been deleted is back", Account);
