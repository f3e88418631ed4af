import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "../e2e/api.ts";
import { type SignedIn, signedIn } from "../e2e/sign-in.ts";

const admin = clientOf("admin");
let rep: SignedIn;
let stranger: string;

beforeAll(async () => {
  const [team, other] = await Promise.all(
    ["Mine", "Other"].map((name) => admin.call("createTeam", { body: { name } })),
  );
  rep = await signedIn("rep", team?.id);
  stranger = (await admin.call("createUser", { body: { name: "Stranger", role: "rep", teamId: other?.id ?? "" } })).id;
});

const figures = ["none", "owner", "team", "region", "source", "product", "industry"].flatMap((groupBy) => [
  `/v1/analytics/kpis?groupBy=${groupBy}`,
  `/v1/analytics/kpis?groupBy=${groupBy}&from=2020-01-01&to=2030-01-01`,
]);

describe("attack 29: two figures around one hidden deal", () => {
  test("differ in nothing for whoever may not see it", async () => {
    const pipeline = await makePipeline(admin);
    const mine = { name: "mine", pipelineId: pipeline.id, amountMinor: 100 };
    await raw("/v1/opportunities", { token: rep.token, body: mine });
    const paths = [
      ...figures,
      `/v1/analytics/funnel?pipelineId=${pipeline.id}`,
      `/v1/analytics/funnel?pipelineId=${pipeline.id}&groupBy=source`,
      `/v1/analytics/funnel?pipelineId=${pipeline.id}&groupBy=owner&from=2020-01-01&to=2030-01-01`,
      `/v1/pipelines/${pipeline.id}/board`,
    ];
    const counted = (owner: string, count: number) =>
      eventually(
        () => admin.call("getFunnel", { query: { pipelineId: pipeline.id, groupBy: "owner" } }),
        ({ groups }) => groups.some(({ key, open }) => key === owner && open === count),
      );
    await counted(rep.id, 1);
    const seen = async () =>
      Promise.all(paths.map(async (path) => withoutTime((await raw(path, { token: rep.token })).body)));
    const before = await seen();
    await admin.call("createOpportunity", {
      body: { name: "hidden", pipelineId: pipeline.id, amountMinor: 900, ownerId: stranger },
    });
    await counted(stranger, 1);
    expect(await seen()).toEqual(before);
    expect(JSON.stringify(before)).toContain('"open":1');
  });
});

function withoutTime({ asOf: _, lagSeconds: __, ...figure }: Record<string, unknown>) {
  return figure;
}
