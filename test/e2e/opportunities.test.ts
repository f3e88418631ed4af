import { describe, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";

const admin = clientOf("admin");
const rep = clientOf("rep");

function stageAt(pipeline: { stages: { id: string }[] }, position: number): string {
  const stage = pipeline.stages.at(position);
  if (!stage) throw new Error(`no stage at ${position}`);
  return stage.id;
}

describe("the life of an opportunity", () => {
  test("C1 C6 runs from the first stage to won, with every stay kept", async () => {
    const pipeline = await makePipeline(admin);
    const account = await rep.call("createAccount", {
      body: { name: "华为技术有限公司", industry: "telecommunications" },
    });
    const created = await rep.call("createOpportunity", {
      body: {
        name: "核心网扩容",
        pipelineId: pipeline.id,
        accountId: account.id,
        amountMinor: 1_250_000,
        tags: ["重点"],
      },
    });
    expect(created).toMatchObject({
      stageId: stageAt(pipeline, 0),
      status: "open",
      industry: "telecommunications",
      version: 1,
    });

    let current = created;
    for (const position of [1, 2, 3]) {
      current = await rep.call("transitionOpportunity", {
        path: { id: created.id },
        body: { to: stageAt(pipeline, position), fields: { amountMinor: 1_250_000 + position } },
      });
    }
    expect(current).toMatchObject({ status: "won", amountMinor: 1_250_003, version: 4 });
    expect(current.history.map((visit) => visit.stageId)).toEqual(
      [0, 1, 2, 3].map((position) => stageAt(pipeline, position)),
    );
    expect(current.history.slice(0, 3).every((visit) => visit.exitedAt !== undefined)).toBe(true);
    expect(current.closedAt).toBeDefined();
    expect(await rep.call("getOpportunity", { path: { id: created.id } })).toEqual(current);
  });

  test("C2 refuses to skip a stage, says why, and changes nothing", async () => {
    const pipeline = await makePipeline(admin);
    const created = await rep.call("createOpportunity", { body: { name: "Skip", pipelineId: pipeline.id } });
    const refused = await raw(`/v1/opportunities/${created.id}/transitions`, {
      role: "rep",
      body: { to: stageAt(pipeline, 2) },
      headers: { "accept-language": "zh-CN" },
    });
    expect(refused.status).toBe(409);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    expect(refused.body).toMatchObject({
      code: "transition_refused",
      title: "流程不允许此步骤。",
      failures: [{ rule: "not_a_transition" }],
    });
    expect(await rep.call("getOpportunity", { path: { id: created.id } })).toEqual(created);
  });

  test("C2 names every failed rule at once", async () => {
    const pipeline = await admin.call("createPipeline", {
      body: {
        name: { en: "Strict" },
        stages: [
          { name: { en: "Open" }, type: "open" },
          { name: { en: "Won" }, type: "won" },
          { name: { en: "Lost" }, type: "lost" },
        ],
        transitions: [{ from: 0, to: 2, requiredFields: ["accountId", "amountMinor"], requiresReason: true }],
      },
    });
    const created = await rep.call("createOpportunity", { body: { name: "Bare", pipelineId: pipeline.id } });
    const refused = await raw(`/v1/opportunities/${created.id}/transitions`, {
      role: "rep",
      body: { to: stageAt(pipeline, 2) },
    });
    expect(refused.body.failures).toMatchObject([
      { rule: "field_required", field: "accountId" },
      { rule: "field_required", field: "amountMinor" },
      { rule: "reason_required" },
      { rule: "lost_reason_required" },
    ]);
    const offers = await rep.call("listTransitions", { path: { id: created.id } });
    expect(offers.items).toHaveLength(1);
    expect(offers.items[0]?.blockedBy).toHaveLength(4);
  });

  test("A2 lets one of two racing transitions win, the other gets 409", async () => {
    const pipeline = await makePipeline(admin);
    for (let round = 0; round < 10; round++) {
      const created = await rep.call("createOpportunity", { body: { name: `Race ${round}`, pipelineId: pipeline.id } });
      const move = (position: number) =>
        raw(`/v1/opportunities/${created.id}/transitions`, {
          role: "rep",
          body: { to: stageAt(pipeline, position), lostReason: "price" },
        });
      const answers = await Promise.all([move(1), move(4)]);
      const statuses = answers.map((answer) => answer.status).sort();
      // When the two do not overlap, the process itself allows "next stage, then lost", and both succeed one after the other.
      const after = await rep.call("getOpportunity", { path: { id: created.id } });
      expect(after.version).toBe(1 + statuses.filter((status) => status === 200).length);
      if (after.version === 2) expect(statuses).toEqual([200, 409]);
    }
  });

  test("refuses to move the stage by PATCH", async () => {
    const pipeline = await makePipeline(admin);
    const created = await rep.call("createOpportunity", { body: { name: "Patch", pipelineId: pipeline.id } });
    const refused = await raw(`/v1/opportunities/${created.id}`, {
      method: "PATCH",
      role: "rep",
      body: { stageId: stageAt(pipeline, 1) },
      headers: { "if-match": '"1"' },
    });
    expect([refused.status, refused.body.code]).toEqual([409, "stage_not_editable"]);
  });

  test("A4 lists an owner's opportunities latest change first, page by page, each once", async () => {
    const pipeline = await makePipeline(admin);
    const owner = await admin.call("createUser", { body: { name: "李雷" } });
    const made: string[] = [];
    for (let index = 0; index < 7; index++) {
      const { id } = await admin.call("createOpportunity", {
        body: { name: `Deal ${index}`, pipelineId: pipeline.id, ownerId: owner.id },
      });
      made.unshift(id);
    }
    const listed: string[] = [];
    for await (const item of admin.each("listOpportunities", { query: { owner: owner.id, limit: 3 } }))
      listed.push(item.id);
    expect(listed).toEqual(made);
  });

  test("F1 shows count, amount and first page of each stage on the board", async () => {
    const pipeline = await makePipeline(admin);
    for (const amountMinor of [100, 250]) {
      await rep.call("createOpportunity", { body: { name: "Board", pipelineId: pipeline.id, amountMinor } });
    }
    const board = await eventually(
      () => rep.call("getBoard", { path: { id: pipeline.id }, query: {} }),
      (answer) => answer.stages[0]?.count === 2,
    );
    expect(board.stages[0]).toMatchObject({ name: "Qualify", count: 2, amountMinor: 350 });
    expect(board.stages[0]?.opportunities).toHaveLength(2);
    expect(board.stages[1]).toMatchObject({ count: 0, amountMinor: 0, opportunities: [] });
  });

  test("G7 keeps notes and moves on the timeline, newest first", async () => {
    const pipeline = await makePipeline(admin);
    const created = await rep.call("createOpportunity", { body: { name: "Timeline", pipelineId: pipeline.id } });
    const note = await rep.call("createNote", { path: { id: created.id }, body: { text: "已电话沟通，客户下周回复" } });
    await rep.call("transitionOpportunity", { path: { id: created.id }, body: { to: stageAt(pipeline, 1) } });
    const timeline = await eventually(
      () => rep.call("getTimeline", { path: { id: created.id }, query: {} }),
      (answer) => answer.items.length === 3,
    );
    expect(timeline.items.map((entry) => entry.kind)).toEqual(["stage_changed", "note", "created"]);
    expect(timeline.items[1]?.note).toMatchObject({ id: note.id, text: "已电话沟通，客户下周回复" });
  });
});

describe("what follows a deletion", () => {
  test("A1 frees the external id and leaves lists and aggregates", async () => {
    const pipeline = await makePipeline(admin);
    const externalId = { source: "legacy", id: `x-${Date.now()}` };
    const body = { name: "Twice", pipelineId: pipeline.id, externalId, amountMinor: 5 };
    const first = await admin.call("createOpportunity", { body });
    expect((await raw("/v1/opportunities", { role: "admin", body })).body.code).toBe("duplicate_value");
    await admin.call("deleteOpportunity", { path: { id: first.id }, ifMatch: 1 });
    expect((await raw(`/v1/opportunities/${first.id}`, { role: "admin" })).status).toBe(404);
    const second = await admin.call("createOpportunity", { body });
    const funnel = await eventually(
      () => admin.call("getFunnel", { query: { pipelineId: pipeline.id } }),
      (answer) => answer.groups[0]?.open === 1 && answer.groups[0].stages[0]?.amountMinor === 5,
    );
    expect(funnel.groups).toHaveLength(1);
    const page = await admin.call("listOpportunities", { query: { stage: stageAt(pipeline, 0) } });
    expect(page.items.map((item) => item.id)).toEqual([second.id]);
  });
});
