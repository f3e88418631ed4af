import type { Output } from "@shangji/client";
import { expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { signedIn } from "./sign-in.ts";

const admin = clientOf("admin");

test("H2 board, funnel and KPIs count what is shared with the caller, as the list shows it, until the share ends", async () => {
  const [team, other] = await Promise.all(
    ["Counts", "Shares"].map((name) => admin.call("createTeam", { body: { name } })),
  );
  const rep = await signedIn("rep", team?.id);
  const owner = await admin.call("createUser", { body: { name: "Owner", role: "rep", teamId: other?.id ?? "" } });
  const pipeline = await makePipeline(admin);
  const [first, second, third, won] = pipeline.stages.map(({ id }) => id);
  const make = (amountMinor: number, ownerId: string) =>
    admin.call("createOpportunity", { body: { name: "共享统计", pipelineId: pipeline.id, amountMinor, ownerId } });
  const [own, toUser, toTeam, closed] = [
    await make(1, rep.id),
    await make(20, owner.id),
    await make(300, owner.id),
    await make(4_000, owner.id),
    await make(50_000, owner.id),
  ];
  const move = (id: string, to = "") => admin.call("transitionOpportunity", { path: { id }, body: { to } });
  await move(toTeam.id, second);
  for (const stage of [second, third, won]) await move(closed.id, stage);
  const shares = [
    { id: toUser.id, principalId: rep.id },
    { id: toTeam.id, principalId: team?.id ?? "" },
    { id: closed.id, principalId: rep.id },
    // It is in the caller's own lane as well.
    { id: own.id, principalId: team?.id ?? "" },
  ];
  for (const path of shares) await admin.call("putShare", { path, body: {} });
  await eventually(
    () => admin.call("getFunnel", { query: { pipelineId: pipeline.id } }),
    ({ groups }) => groups[0]?.won === 1 && groups[0].open === 4,
  );
  await pass31Seconds();

  type Board = Output<"getBoard">;
  type Kpis = Output<"getKpis">;
  type Funnel = Output<"getFunnel">;
  const ask = async <T>(path: string) => (await raw(path, { token: rep.token })).body as T; // the answer of that route
  const seen = async () => {
    const { stages } = await ask<Board>(`/v1/pipelines/${pipeline.id}/board`);
    const { items } = await ask<Output<"listOpportunities">>("/v1/opportunities?limit=50");
    return {
      listed: items.map(({ id }) => id).sort(),
      board: stages.map(({ count, amountMinor, opportunities }) => [count, amountMinor, opportunities.length]),
    };
  };
  expect(await seen()).toEqual({
    listed: [own.id, toUser.id, toTeam.id, closed.id].sort(),
    board: [
      [2, 21, 2],
      [1, 300, 1],
      [0, 0, 0],
      [1, 4_000, 1],
      [0, 0, 0],
    ],
  });
  for (const period of ["", "&from=2020-01-01&to=2040-01-01"]) {
    const keyed = { owner: [rep.id, owner.id], team: [team?.id, other?.id], none: ["all"], region: ["-"] };
    for (const [groupBy, keys] of Object.entries(keyed)) {
      const funnel = await ask<Funnel>(`/v1/analytics/funnel?pipelineId=${pipeline.id}&groupBy=${groupBy}${period}`);
      const kpis = await ask<Kpis>(`/v1/analytics/kpis?groupBy=${groupBy}${period}`);
      const [mine, theirs] = keys.map((key) => ({
        ofFunnel: funnel.groups.find((group) => group.key === key),
        ofKpis: kpis.groups.find((group) => group.key === key),
      }));
      expect([funnel.groups.length, kpis.groups.length]).toEqual([keys.length, keys.length]);
      if (!theirs) {
        expect(mine?.ofFunnel).toMatchObject({ open: 3, won: 1 });
        expect(mine?.ofKpis).toMatchObject({ open: 3, won: 1, wonAmountMinor: 4_000, cycleDays: { median: 0 } });
        expect(mine?.ofFunnel?.stages[0]).toMatchObject({ stageId: first, entered: 4, current: 2, amountMinor: 21 });
      } else {
        expect(mine?.ofFunnel).toMatchObject({ open: 1, won: 0 });
        expect(theirs.ofFunnel).toMatchObject({ open: 2, won: 1, winRate: 1 });
        expect(theirs.ofKpis).toMatchObject({ open: 2, won: 1, wonAmountMinor: 4_000, averageDealMinor: 4_000 });
      }
    }
  }

  for (const path of shares) await admin.call("endShare", { path });
  await pass31Seconds();
  const after = await seen();
  expect(after.listed).toEqual([own.id]);
  expect(after.board.map(([count]) => count)).toEqual([1, 0, 0, 0, 0]);
});

async function pass31Seconds(): Promise<void> {
  expect((await raw("/_local/clock", { body: { advance: "PT31S" } })).status).toBe(200);
}
