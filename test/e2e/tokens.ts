import { inject } from "vitest";
import { accessToken } from "../../scripts/stack.ts";
import { freshTokens } from "./fresh-token.ts";

const stack = inject("stack");

/** Gives access tokens of the demo users that still hold for a while. */
export const tokenOf = {
  admin: freshTokens(() => accessToken(stack, "admin")),
  manager: freshTokens(() => accessToken(stack, "manager")),
  rep: freshTokens(() => accessToken(stack, "rep")),
  analyst: freshTokens(() => accessToken(stack, "analyst")),
};

/** The same, as they are when a file of tests begins: for what is over within minutes, or sends them by itself. */
export const tokens = {
  admin: await tokenOf.admin(),
  manager: await tokenOf.manager(),
  rep: await tokenOf.rep(),
  analyst: await tokenOf.analyst(),
};
