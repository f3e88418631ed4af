import { parseArgs } from "node:util";
import { S3Client } from "@aws-sdk/client-s3";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { readCustomer } from "@shangji/infra/customer";
import { awsDrill } from "./restore/aws-drill.ts";
import { localDrill } from "./restore/local-drill.ts";
import { readStack } from "./stack.ts";

const usage = `npm run restore-drill -- [--keep FOLDER | --from FOLDER]
npm run restore-drill -- --customer NAME --table NAME --audit-table NAME --totals-table NAME --bucket NAME [--kms-key ID] [--at INSTANT]
    [--copy NAME --audit-copy NAME --totals-copy NAME]`;

const askedEvery = 15_000;

// Makes a copy of the store, proves that it is equal, and removes it. Without a customer: of the local stack. With one: in AWS,
// with the credentials and the region of the environment. Ends with 1 when anything differs.
try {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      keep: { type: "string" },
      customer: { type: "string" },
      table: { type: "string" },
      "audit-table": { type: "string" },
      "totals-table": { type: "string" },
      bucket: { type: "string" },
      "kms-key": { type: "string" },
      at: { type: "string" },
      copy: { type: "string" },
      "audit-copy": { type: "string" },
      "totals-copy": { type: "string" },
    },
  });
  const { isEqual } = values.customer ? await inAws(values) : await locally(values);
  console.log(isEqual ? "The copy is equal." : "THE COPY IS NOT EQUAL.");
  process.exitCode = isEqual ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

type Values = Record<string, string | undefined>;

async function locally({ from, keep }: Values) {
  const { store } = await readStack();
  return localDrill({ store, from, keep, tell: console.log });
}

async function inAws({ customer, table, bucket, at, copy, ...values }: Values) {
  const [auditTable, totalsTable] = [values["audit-table"], values["totals-table"]];
  if (!customer || !table || !auditTable || !totalsTable || !bucket) throw new Error(`Usage:\n${usage}`);
  if (copy && !at) throw new Error("Say --at, the time at which the backup of --copy was made.");
  return awsDrill({
    access: {
      client: openTable(table).client,
      s3: new S3Client({}),
      bucket,
      keyId: values["kms-key"],
      pause: () => new Promise((resolve) => setTimeout(resolve, askedEvery)),
    },
    customer,
    zone: readCustomer(customer).zone,
    tables: { records: table, "audit trail": auditTable, totals: totalsTable },
    ...(at ? { at: new Date(at) } : {}),
    ...(copy ? { copies: { records: copy, "audit trail": values["audit-copy"], totals: values["totals-copy"] } } : {}),
    tell: console.log,
  });
}
