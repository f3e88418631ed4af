import type { Export } from "@shangji/contracts/exports/schemas";

/** Why an export ends without a file, in the language that it was ordered in. */
const problems = {
  asker_gone: {
    en: "Whoever asked for it may not enter any more.",
    "zh-CN": "导出申请人已无法访问系统。",
  },
  rights_changed: {
    en: "What whoever asked for it may read has changed meanwhile; ask for it again.",
    "zh-CN": "导出申请人的读取权限已发生变化，请重新申请。",
  },
  too_many_rows: {
    en: "It has more than a million records; narrow it by a filter.",
    "zh-CN": "记录超过一百万条，请用筛选条件缩小范围。",
  },
  our_fault: {
    en: "It stopped because of a fault on our side; ask for it again.",
    "zh-CN": "由于系统故障，导出已停止，请重新申请。",
  },
} as const satisfies Record<string, Record<Export["language"], string>>;

export type ExportProblem = keyof typeof problems;

export function problemText(problem: ExportProblem, { language }: Pick<Export, "language">): string {
  return problems[problem][language];
}
