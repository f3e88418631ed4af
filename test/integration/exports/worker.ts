import type { Account } from "@shangji/contracts/accounts/schemas";
import type { ExportFiles, ExportProgress, ExportRecord } from "@shangji/core/exports/ports";
import { runExport } from "@shangji/core/exports/run-export";
import type { Selection, Stored } from "@shangji/core/kit/record";
import { testClock, testContext } from "@shangji/testing/world";

/*
 * Runs by itself in a process: exports many accounts, half of them unchanged for long and half that have just changed, and
 * the first half once more, as if they had changed meanwhile. Tells how much memory the process had at most.
 */

const rows = Number(process.argv[2]);
const clock = testClock();
const context = testContext({ clock });
const long = "2026-01-01T00:00:00.000Z";
const just = clock.now().toISOString();
const change = { actorId: "usr_1", at: just, command: "test", source: "api", requestId: "r" } as const;

function account(index: number, updatedAt: string): Stored<Account> {
  const id = `acc_${String(index).padStart(26, "0")}`;
  const tags = ["key account", "East"];
  const text = { name: `Account ${index}, 商机`, industry: "software", region: "East", website: "https://example.com" };
  return { id, ...text, tags, version: 1, createdAt: long, updatedAt, change };
}

/** What a lane in order by the last change gives from a place on. */
function recordAt(place: number): Stored<Account> | undefined {
  const half = rows / 2;
  if (place < half) return account(place, long);
  if (place < rows + half) return account(place - half, just);
  return undefined;
}

async function select({ where }: Selection<Account>, { limit, after }: { limit: number; after?: { at?: number } }) {
  const items: Stored<Account>[] = [];
  let place = after?.at ?? 0;
  for (; items.length < limit; place++) {
    const record = recordAt(place);
    if (!record) return { items };
    if (where(record)) items.push(record);
  }
  return { items, next: { at: place } };
}

let lines = 0;
const kept = new Map<string, { text: string; ids: string }>();
const order = {
  id: "exp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  entity: "account",
  format: "csv",
  language: "en",
  status: "running",
  rows: 0,
  ownerId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  version: 1,
  createdAt: just,
  updatedAt: just,
  change,
} as ExportRecord;
let stored = order;
let progress: ExportProgress | undefined;
let seen = 0;

// S3 keeps the text; here its lines are counted.
const files: ExportFiles = {
  async savePart(_, name, { text, ids }) {
    lines += text.split("\r\n").length - 1;
    kept.set(name, { text: "", ids: ids.join("\n") });
  },
  idsIn: async (_, names) => names.flatMap((name) => (kept.get(name)?.ids ?? "").split("\n")),
  join: async (_, { head }) => {
    lines += head.split("\r\n").length - 1;
    return 0;
  },
  removeParts: async () => undefined,
  remove: async () => undefined,
  downloadLink: async () => "",
};
const none = { all: async () => [], getMany: async () => new Map(), get: async () => undefined };
const deps = {
  exports: {
    get: async () => stored,
    update: async (_: unknown, after: ExportRecord) => {
      stored = after;
    },
    progressOf: async () => progress,
    saveProgress: async (after: ExportProgress) => {
      progress = JSON.parse(JSON.stringify(after));
    },
  },
  files,
  viewers: { policies: { cached: async () => undefined }, teams: none },
  users: { ...none, get: async () => ({ id: order.ownerId, active: true, role: "admin" }) },
  records: { account: { ...none, select, gather: async () => [] } },
  teams: none,
  products: none,
  pipelines: none,
  zone: "UTC",
  baseCurrency: "CNY",
  clock,
  context,
  nonce: () => String(++seen),
};
for (let done = false; !done; ) {
  const chunk = await runExport({ id: order.id }, deps as never); // all that an export of accounts asks for
  done = chunk.done;
  clock.advance((chunk.waitSeconds ?? 0) * 1000);
}
console.log(
  JSON.stringify({ rows: stored.rows, lines, megabytes: process.resourceUsage().maxRSS / 1024, status: stored.status }),
);
