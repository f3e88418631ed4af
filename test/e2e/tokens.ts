import { inject } from "vitest";
import { accessToken } from "../../scripts/stack.ts";

const stack = inject("stack");

/**
 * Access tokens of the demo users, taken anew for each file of tests: they live for a quarter of an hour, the cloud starts
 * with the whole run, and some tests move its clock.
 */
export const tokens = {
  admin: await accessToken(stack, "admin"),
  manager: await accessToken(stack, "manager"),
  rep: await accessToken(stack, "rep"),
  analyst: await accessToken(stack, "analyst"),
};
