import { expect, test } from "vitest";
import { directoryPorts } from "./labels.ts";

test("F2 names the one group of an ungrouped read, and the group without a value, in the caller's language", async () => {
  const named = { all: async () => [{ id: "usr_1", name: "李雷" }] };
  // Labels ask the directories only for everything they hold.
  const directories = { users: named, teams: named, products: named, pipelines: named } as unknown as Parameters<
    typeof directoryPorts
  >[0];
  const chinese = directoryPorts(directories, "zh-CN");
  expect([...(await chinese.labels("none", ["all"]))]).toEqual([["all", "全部"]]);
  expect([...(await chinese.labels("owner", ["usr_1", "-"]))]).toEqual([
    ["usr_1", "李雷"],
    ["-", "（无）"],
  ]);
  expect([...(await directoryPorts(directories, "en").labels("none", ["all"]))]).toEqual([["all", "All"]]);
});
