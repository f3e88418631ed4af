import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import type { Account } from "@shangji/contracts/accounts/schemas";
import { idSource } from "@shangji/core/kit/ids";
import { newRecord } from "@shangji/core/kit/new-record";
import { randomBytes, systemClock } from "@shangji/lambda/settings";
import { expect, inject, test } from "vitest";
import { localTable } from "../../scripts/local/seed.ts";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { mailsTo, temporaryPassword } from "./inbox.ts";
import { inboxOf } from "./notified.ts";
import { poolClient } from "./pool.ts";
import { signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const pool = poolClient();
const password = "Correct-Horse-2026";
const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };

/** What is remembered of callers is older than a minute now. */
const aMinuteLater = () => raw("/_local/clock", { body: { advance: "PT60S" } });
const me = (token: string) => raw("/v1/me", { token });
const read = (id: string) => admin.call("getUser", { path: { id } });

test("H1 from the invitation to the lock-out: mail, first sign-in, work, another role, out within a minute", async () => {
  const email = "xiao.lin@shangji.test";
  const { id, status } = await admin.call("createUser", { body: { name: "林晓", email, role: "rep", invite: true } });
  expect(status).toBe("invited");
  const [mail] = await mailsTo(email, 1);
  expect(mail?.subject).toBe("You are invited to Shangji");
  expect(mail?.text).toContain(email);
  const first = temporaryPassword(mail ?? { text: "" });
  await expect(pool.begin(email, `${first}x`)).rejects.toMatchObject(wrong);

  // Another invitation: the first one ends.
  await eventually(
    () => read(id),
    ({ invitation }) => invitation?.state === "sent",
  );
  expect(await admin.call("inviteUser", { path: { id }, body: {} })).toMatchObject({ status: "invited" });
  const second = temporaryPassword((await mailsTo(email, 2))[1] ?? { text: "" });
  await expect(pool.begin(email, first)).rejects.toMatchObject(wrong);

  const { asked, token } = await pool.signInFirst(email, second, password);
  expect(asked).toBe("NEW_PASSWORD_REQUIRED");
  expect((await me(token)).body.user).toMatchObject({ id, status: "active", role: "rep" });
  const account = await raw("/v1/accounts", { token, body: { name: "首个客户" } });
  expect([account.status, account.body.ownerId]).toEqual([201, id]);
  const tooLate = await raw(`/v1/users/${id}/invitation`, { role: "admin", body: {} });
  expect([tooLate.status, tooLate.body.code]).toEqual([409, "invitation_accepted"]);

  const audit = () => raw("/v1/audit", { token });
  expect((await audit()).status).toBe(403);
  await admin.call("updateUser", { path: { id }, ifMatch: (await read(id)).version, body: { role: "admin" } });
  await aMinuteLater();
  expect((await audit()).status).toBe(200);

  const { AuthenticationResult: session } = await pool.begin(email, password);
  const refresh = () =>
    pool.refresh(session?.RefreshToken ?? "").then(
      () => "in",
      () => "out",
    );
  expect(await refresh()).toBe("in");
  await admin.call("deactivateUser", { path: { id }, body: { handOverTo: null } });
  await aMinuteLater();
  expect((await me(token)).status).toBe(403);
  await eventually(refresh, (answer) => answer === "out");
  await expect(pool.begin(email, password)).rejects.toMatchObject(wrong);
  expect(await read(id)).toMatchObject({ status: "disabled" });

  const back = { active: true, email: "lin.xiao@shangji.test" } as const;
  await admin.call("updateUser", { path: { id }, ifMatch: (await read(id)).version, body: back });
  const again = await eventually(
    () => pool.begin(back.email, password).catch(() => undefined),
    (answer) => answer !== undefined,
  );
  await aMinuteLater();
  expect((await me(again?.AuthenticationResult?.AccessToken ?? "")).body.user).toMatchObject({ id, status: "active" });
});

test("H1 whoever comes to lead a team sees its deals within a minute, and no more after they have given it up", async () => {
  const team = await admin.call("createTeam", { body: { name: "North" } });
  const owner = await admin.call("createUser", { body: { name: "Owner", role: "rep", teamId: team.id } });
  const pipeline = await makePipeline(admin);
  const body = { name: "Of the north", ownerId: owner.id, pipelineId: pipeline.id };
  const deal = await admin.call("createOpportunity", { body });
  const manager = await signedIn("manager");
  const look = async () => (await raw(`/v1/opportunities/${deal.id}`, { token: manager.token })).status;
  expect(await look()).toBe(404);
  const lead = (managerId: string | null, ifMatch: number) =>
    admin.call("updateTeam", { path: { id: team.id }, ifMatch, body: { managerId } });
  await lead(manager.id, 1);
  await aMinuteLater();
  expect(await look()).toBe(200);
  await lead(null, 2);
  await aMinuteLater();
  expect(await look()).toBe(404);
});

test("H1 people arrange their own hours and leave, and what is wrong in them is named", async () => {
  const rep = await signedIn("rep");
  const patch = async (body: object, id = rep.id) => {
    const { version } = await read(id);
    const headers = { "if-match": `"${version}"` };
    return raw(`/v1/users/${id}`, { method: "PATCH", token: rep.token, body, headers });
  };
  const hours = {
    zone: "Asia/Shanghai",
    workingHours: {
      monday: [
        { from: "09:00", until: "12:00" },
        { from: "13:30", until: "24:00" },
      ],
    },
    leave: [{ from: "2026-10-01", until: "2026-10-07" }],
    locale: "zh-CN",
  };
  expect((await patch(hours)).body).toMatchObject(hours);
  const wrongs: [object, string][] = [
    [{ zone: "Asia/Peking" }, "/body/zone"],
    [{ zone: "+08:00" }, "/body/zone"],
    [{ workingHours: { monday: [{ from: "12:00", until: "09:00" }] } }, "/body/workingHours/monday/0"],
    [
      {
        workingHours: {
          monday: [
            { from: "09:00", until: "12:00" },
            { from: "11:00", until: "13:00" },
          ],
        },
      },
      "/body/workingHours/monday",
    ],
    [{ leave: [{ from: "2026-10-07", until: "2026-10-01" }] }, "/body/leave/0"],
    [
      {
        leave: [
          { from: "2026-10-01", until: "2026-10-07" },
          { from: "2026-10-07", until: "2026-10-08" },
        ],
      },
      "/body/leave",
    ],
  ];
  for (const [body, pointer] of wrongs) {
    const { status, body: problem } = await patch(body);
    expect({ status, errors: problem.errors }).toMatchObject({ status: 422, errors: [{ pointer }] });
  }
  const role = await patch({ locale: "en", role: "admin" });
  expect([role.status, role.body.code]).toEqual([403, "field_not_allowed"]);
  const other = await admin.call("createUser", { body: { name: "Other", role: "rep" } });
  expect((await patch({ locale: "en" }, other.id)).status).toBe(403);
});

test("H1 500 customers go from who leaves to who follows, and nobody may be given anything afterwards", async () => {
  const stack = inject("stack");
  const addUser = (name: string) => admin.call("createUser", { body: { name, role: "rep" } });
  const [leaving, successor] = [await addUser("Leaves"), await signedIn("rep")];
  const team = await admin.call("createTeam", { body: { name: "Led", managerId: leaving.id } });
  const pipeline = await makePipeline(admin);
  const deal = (name: string) =>
    admin.call("createOpportunity", { body: { name, ownerId: leaving.id, pipelineId: pipeline.id } });
  const [open, won] = [await deal("Open"), await deal("Won")];
  for (const stage of pipeline.stages.slice(1, 4)) {
    await admin.call("transitionOpportunity", { path: { id: won.id }, body: { to: stage.id } });
  }
  const accounts = accountsIn(localTable(stack.store));
  const context = {
    actor: { userId: "system", role: "admin" as const },
    clock: systemClock,
    ids: idSource(systemClock, randomBytes),
    requestId: "test",
    source: "system" as const,
  };
  const made = Array.from({ length: 500 }, (_, at) =>
    newRecord<Account>("account", { name: `客户 ${at}`, tags: [], ownerId: leaving.id }, { context, command: "test" }),
  );
  for (let at = 0; at < made.length; at += 50) {
    await Promise.all(made.slice(at, at + 50).map((account) => accounts.create(account)));
  }
  const path = { id: leaving.id };
  const holdings = await admin.call("getHoldings", { path });
  expect(holdings).toMatchObject({
    account: { count: 500, isMore: false },
    openOpportunity: { count: 1, items: [{ id: open.id, name: "Open" }] },
    closedOpportunity: { count: 1, items: [{ id: won.id }] },
    team: { items: [{ id: team.id, name: "Led" }] },
  });
  expect(holdings.account.items).toHaveLength(20);

  await admin.call("deactivateUser", { path, body: { handOverTo: successor.id, reason: "离职" } });
  const progress = () => admin.call("getDeactivation", { path });
  const moved = { account: 500, contact: 0, opportunity: 1, team: 1 };
  await eventually(progress, ({ moved: now }) => now.account === 500 && now.opportunity === 1, 60);
  const late = await raw("/v1/accounts", { role: "admin", body: { name: "Late", ownerId: leaving.id } });
  expect([late.status, late.body.code]).toEqual([422, "inactive_reference"]);
  const lead = await raw("/v1/teams", { role: "admin", body: { name: "Late", managerId: leaving.id } });
  expect([lead.status, lead.body.code]).toEqual([422, "inactive_reference"]);
  expect((await raw("/_local/clock", { body: { advance: "PT331S" } })).status).toBe(200);
  expect(await eventually(progress, ({ status }) => status !== "running")).toMatchObject({
    status: "completed",
    moved,
  });
  // Whoever has got 500 accounts is told once.
  const told = await eventually(
    async () => (await inboxOf(successor, 1)).filter(({ kind }) => kind === "records_handed_over"),
    ({ length }) => length > 0,
  );
  expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/名下的502项记录和团队移交给您。$/)]);
  expect((await inboxOf(successor, 1)).filter(({ kind }) => kind.endsWith("_assigned"))).toEqual([]);
  const left = await admin.call("getHoldings", { path });
  expect(left).toMatchObject({ account: { count: 0 }, openOpportunity: { count: 0 }, closedOpportunity: { count: 1 } });
  expect(await admin.call("getTeam", { path: { id: team.id } })).toMatchObject({ managerId: successor.id });
});
