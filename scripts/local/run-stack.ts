import { join } from "node:path";
import type { Bundles } from "@shangji/infra/bundle";
import { type CustomerStacks, synthesise } from "@shangji/infra/synthesise";
import { type Cloud, type LogSink, startCloud } from "@shangji/local-cloud";
import type { ServiceFactory } from "@shangji/local-cloud/service";
import { ownServices } from "@shangji/local-cloud/services/own-services";
import type { StackFile } from "../stack.ts";
import { demoUsers, seed } from "./seed.ts";

const root = join(import.meta.dirname, "..", "..");

export interface RunOptions {
  /** @default a free port */
  port?: number;
  /** Where data is kept; absent: nothing is kept. */
  dataDir?: string;
  /** @default `cdk.out/local` */
  outdir?: string;
  logSink?: LogSink;
  /** @default all that the template needs */
  services?: readonly ServiceFactory[];
  /** Changes the stacks before they are run, for tests that take something away. */
  mutate?: (stacks: CustomerStacks) => void;
}

/** Synthesises customer `local`, runs that template, and makes its demo sign-ins and default pipeline. */
export async function runStack(
  options: RunOptions = {},
): Promise<{ stack: StackFile; cloud: Cloud; bundles: Bundles }> {
  const outdir = options.outdir ?? join(root, "cdk.out", "local");
  const { mutate } = options;
  const synthesis = synthesise({ customer: "local", outdir, bundles: "build", ...(mutate ? { mutate } : {}) });
  const cloud = await startCloud({
    assemblyDir: synthesis.then(() => outdir),
    services: options.services ?? ownServices(),
    openApiFile: join(root, "openapi", "openapi.json"),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(options.logSink ? { logSink: options.logSink } : {}),
  });
  try {
    const store = storeOf(cloud);
    await seed({ store, cognito: cloud.cognito });
    const { apiUrl, docsUrl, inboxUrl, cognito } = cloud;
    const { bundles } = await synthesis;
    return { stack: { apiUrl, docsUrl, inboxUrl, cognito, users: demoUsers, store }, cloud, bundles };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

/** Where the table is, and the settings that the template gives its functions. */
export function storeOf(cloud: Pick<Cloud, "deployment" | "endpoints" | "region">): StackFile["store"] {
  const settings = settingsIn(cloud).find(
    (variables) => variables.TABLE_NAME && variables.ORG_ZONE && variables.BASE_CURRENCY,
  );
  if (!settings?.TABLE_NAME) throw new Error("The template has no function with a table and settings.");
  return {
    endpoint: cloud.endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? "",
    tableName: settings.TABLE_NAME,
    auditTableName: settingOf(cloud, "AUDIT_TABLE_NAME"),
    searchTableName: settingOf(cloud, "SEARCH_TABLE_NAME"),
    totalsTableName: settingOf(cloud, "TOTALS_TABLE_NAME"),
    region: cloud.region,
    zone: settings.ORG_ZONE ?? "UTC",
    baseCurrency: settings.BASE_CURRENCY ?? "USD",
  };
}

function settingOf(cloud: Pick<Cloud, "deployment">, name: string): string {
  return settingsIn(cloud).find((variables) => variables[name] !== undefined)?.[name] ?? "";
}

/** What the functions of the template read. */
function settingsIn({ deployment }: Pick<Cloud, "deployment">): Record<string, string>[] {
  return deployment.ofType("AWS::Lambda::Function").map(
    (resource) =>
      (resource.properties.Environment as { Variables?: Record<string, string> } | undefined)?.Variables ?? {}, // as the template has it
  );
}
