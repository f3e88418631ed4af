import type { Output } from "@shangji/client";

type Funnel = Output<"getFunnel">["groups"][number];
type Kpis = Output<"getKpis">;

const widest = 40;

/** The funnel as a bar chart of as many lines as it has stages, in plain text. */
export function funnelChart({ stages }: Funnel): string {
  const most = Math.max(1, ...stages.map(({ entered }) => entered));
  const names = Math.max(...stages.map(({ name }) => name.length));
  return stages
    .map(({ name, type, entered, current, movedOn, lost }) => {
      const bar = "█".repeat(Math.round((entered / most) * widest)).padEnd(widest, "·");
      const rest =
        type === "open" ? `  ${count(current)} in it now, ${count(movedOn)} moved on, ${count(lost)} lost` : "";
      return `  ${name.padEnd(names)} ${bar} ${count(entered).padStart(7)}${rest}`;
    })
    .join("\n");
}

/** The KPIs of all time in one line each. */
export function kpiLines({ currency, groups: [all] }: Kpis): string {
  if (!all) return "  nothing closed yet";
  const money = (minor: number | null) =>
    minor === null
      ? "-"
      : new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 10 ** digitsOf(currency));
  const percent = all.winRate === null ? "-" : `${(all.winRate * 100).toFixed(2)} %`;
  const { mean, median } = all.cycleDays;
  return [
    `  ${count(all.won)} won, ${count(all.lost)} lost, ${count(all.open)} open; win rate ${percent}`,
    `  ${money(all.wonAmountMinor)} won, ${money(all.averageDealMinor)} a deal`,
    `  sales cycle ${mean?.toFixed(1) ?? "-"} days on average, median ${median ?? "-"}`,
  ].join("\n");
}

const count = (value: number) => value.toLocaleString("en");

function digitsOf(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
