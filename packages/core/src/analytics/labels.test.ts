import { testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { defaultRules } from "../access/default-policy.ts";
import { directoryPorts } from "./labels.ts";

const named = { all: async () => [{ id: "usr_1", name: "李雷" }] };
// Labels ask the directories only for everything they hold.
const directories = { users: named, teams: named, products: named, pipelines: named } as unknown as Parameters<
  typeof directoryPorts
>[0];

test("F2 names the one group of an ungrouped read, and the group without a value, in the caller's language", async () => {
  const chinese = directoryPorts(directories, "zh-CN", testViewer());
  expect([...(await chinese.labels("none", ["all"]))]).toEqual([["all", "全部"]]);
  expect([...(await chinese.labels("owner", ["usr_1", "-"]))]).toEqual([
    ["usr_1", "李雷"],
    ["-", "（无）"],
  ]);
  expect([...(await directoryPorts(directories, "en", testViewer()).labels("none", ["all"]))]).toEqual([
    ["all", "All"],
  ]);
});

test("H2 F2 calls nobody by a name who may not be read: by the policy, or by a key without that scope", async () => {
  const { roles } = defaultRules;
  const nothing = { read: "none", create: "none", update: "none", delete: "none" } as const;
  const blind = testViewer({ role: "rep" });
  const readers = [
    { ...blind, rules: { roles: { ...roles, rep: { ...roles.rep, user: nothing, team: nothing, product: nothing } } } },
    testViewer({ role: "integration", scopes: ["analytics:read", "opportunity:read"] }),
  ];
  for (const viewer of readers)
    for (const groupBy of ["owner", "team", "product"] as const)
      expect([...(await directoryPorts(directories, "en", viewer).labels(groupBy, ["usr_1"]))]).toEqual([
        ["usr_1", "usr_1"],
      ]);
  const one = testViewer({ role: "integration", scopes: ["analytics:read", "opportunity:read", "team:read"] });
  const ports = directoryPorts(directories, "en", one);
  expect([...(await ports.labels("team", ["usr_1"]))]).toEqual([["usr_1", "李雷"]]);
  expect([...(await ports.labels("owner", ["usr_1"]))]).toEqual([["usr_1", "usr_1"]]);
});
