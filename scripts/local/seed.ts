import type { StackFile } from "../stack.ts";

const password = "Shangji-2026";

/** The people that a local stack can be tried with. */
export const demoUsers: StackFile["users"] = [
  { email: "admin@shangji.test", password, role: "admin" },
  { email: "manager@shangji.test", password, role: "manager" },
  { email: "rep@shangji.test", password, role: "rep" },
  { email: "analyst@shangji.test", password, role: "analyst" },
];
