import type { LocalizedText } from "@shangji/contracts/kit/primitives";

/** What a metric means. The rules that many metrics share are named once below. */
interface MetricDefinition {
  id: string;
  name: LocalizedText;
  formula: LocalizedText;
  cohort: LocalizedText;
  currency: LocalizedText;
  zone: LocalizedText;
}

const text = (en: string, zh: string): LocalizedText => ({ en, "zh-CN": zh });

const byOpening = text(
  "Opportunities opened from `from` to before `to`; without an opening date the date of creation counts",
  "在 `from`(含)至 `to`(不含)期间开启的商机;没有开启日期的按创建日期计",
);
const byClosing = text(
  "Opportunities closed from `from` to before `to`, by their present outcome",
  "在 `from`(含)至 `to`(不含)期间关闭的商机,按其当前结果计",
);
const openNow = text("Opportunities that are open now, whatever the period", "当前处于进行中的商机,与期间无关");
const noMoney = text("None: a count or a duration", "无:为数量或时长");
const baseCurrency = text(
  "Base currency, in minor units, at the rate of the last change of the amount; sums are exact",
  "本位币最小单位,按金额最近一次变更时的汇率折算;求和精确",
);
const orgDates = text(
  "Dates in the organisation's zone; a duration is the number of calendar days between two dates",
  "日期按组织所在时区;时长为两个日期之间的自然日数",
);

function metric(
  id: string,
  name: LocalizedText,
  formula: LocalizedText,
  { cohort, currency = noMoney }: { cohort: LocalizedText; currency?: LocalizedText },
): MetricDefinition {
  return { id, name, formula, cohort, currency, zone: orgDates };
}

const definitions: readonly MetricDefinition[] = [
  metric(
    "funnel.entered",
    text("Entered", "进入"),
    text(
      "Opportunities that visited the stage or went past it, to a later open stage or to won; for won and lost those that are there now",
      "到过该阶段或越过该阶段(到达之后的进行中阶段或赢单)的商机数;赢单与输单阶段为当前数量",
    ),
    { cohort: byOpening },
  ),
  metric("funnel.current", text("Current", "当前"), text("Opportunities in the stage now", "当前处于该阶段的商机数"), {
    cohort: byOpening,
  }),
  metric(
    "funnel.amountMinor",
    text("Amount", "金额"),
    text("Sum of the amounts of the opportunities in the stage now", "当前处于该阶段的商机金额之和"),
    { cohort: byOpening, currency: baseCurrency },
  ),
  metric(
    "funnel.movedOn",
    text("Moved on", "推进"),
    text(
      "Of those entered, the ones that at some time reached a later open stage or were won, later lost ones included",
      "进入者中曾到达之后的进行中阶段或曾赢单的商机数,包含后来输单的",
    ),
    { cohort: byOpening },
  ),
  metric(
    "funnel.lost",
    text("Lost from the stage", "在该阶段输单"),
    text("Lost opportunities whose last open stage was this one", "最后一个进行中阶段为该阶段的输单商机数"),
    { cohort: byOpening },
  ),
  metric(
    "funnel.conversionToNext",
    text("Conversion to next", "下一阶段转化率"),
    text("moved on ÷ entered; null when nothing entered", "推进 ÷ 进入;没有进入者时为空"),
    { cohort: byOpening },
  ),
  metric(
    "funnel.conversionToWon",
    text("Conversion to won", "赢单转化率"),
    text("entered and won now ÷ entered; null when nothing entered", "进入且当前为赢单 ÷ 进入;没有进入者时为空"),
    { cohort: byOpening },
  ),
  metric(
    "funnel.timeInStageDays",
    text("Time in stage", "阶段停留天数"),
    text(
      "Completed days in the stage per opportunity, re-entries added up, not counted while it is in the stage. Mean; median, the mean of the middle two of an even number; p90 by nearest rank, both exact to the day up to 730 days and 731 beyond",
      "每个商机在该阶段已完成的停留天数,多次进入累加,仍在该阶段时不计。均值;中位数(偶数个时取中间两个的均值);p90 按最近秩;后两者在 730 天内精确到天,超过记为 731",
    ),
    { cohort: byOpening },
  ),
  metric(
    "winRate",
    text("Win rate", "赢单率"),
    text("won ÷ (won + lost); null when nothing is closed", "赢单 ÷(赢单 + 输单);没有已关闭商机时为空"),
    {
      cohort: text(
        "KPIs: opportunities closed in the period. Funnel: opportunities opened in the period",
        "KPI:期间内关闭的商机。漏斗:期间内开启的商机",
      ),
    },
  ),
  metric("kpi.won", text("Won", "赢单数"), text("Opportunities that are won", "赢单的商机数"), { cohort: byClosing }),
  metric("kpi.lost", text("Lost", "输单数"), text("Opportunities that are lost", "输单的商机数"), {
    cohort: byClosing,
  }),
  metric("kpi.open", text("Open", "进行中"), text("Opportunities that are open", "进行中的商机数"), {
    cohort: openNow,
  }),
  metric(
    "kpi.wonAmountMinor",
    text("Won amount", "赢单金额"),
    text("Sum of the amounts of the won opportunities", "赢单商机金额之和"),
    { cohort: byClosing, currency: baseCurrency },
  ),
  metric(
    "kpi.averageDealMinor",
    text("Average deal", "平均成交额"),
    text(
      "won amount ÷ won, rounded half up to a minor unit; null when nothing is won",
      "赢单金额 ÷ 赢单数,四舍五入到最小货币单位;没有赢单时为空",
    ),
    { cohort: byClosing, currency: baseCurrency },
  ),
  metric(
    "kpi.cycleDays",
    text("Sales cycle", "销售周期"),
    text(
      "Days from opening to closing of the won opportunities: mean, median and p90 as for the time in stage",
      "赢单商机从开启到关闭的天数:均值、中位数、p90,算法同阶段停留天数",
    ),
    { cohort: byClosing },
  ),
  metric(
    "kpi.velocityMinorPerDay",
    text("Sales velocity", "销售速度"),
    text(
      "open × average deal × win rate ÷ mean sales cycle, with unrounded means; null when one of them is undefined or the cycle is 0",
      "进行中数 × 平均成交额 × 赢单率 ÷ 平均销售周期,使用未取整的均值;任一无定义或周期为 0 时为空",
    ),
    {
      cohort: text(
        "Open opportunities of now; the rest by closing date in the period",
        "进行中数取当前值;其余按期间内的关闭日期",
      ),
      currency: text("Minor units of the base currency per day", "每天的本位币最小单位"),
    },
  ),
];

/** Every metric with its formula, cohort, currency and zone rule, in one language. */
export function metricsIn(locale: "en" | "zh-CN"): Record<keyof MetricDefinition, string>[] {
  return definitions.map(({ id, ...texts }) => {
    const read = (field: keyof typeof texts) => texts[field][locale] ?? texts[field].en;
    return {
      id,
      name: read("name"),
      formula: read("formula"),
      cohort: read("cohort"),
      currency: read("currency"),
      zone: read("zone"),
    };
  });
}
