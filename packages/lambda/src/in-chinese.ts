import { chinese } from "@shangji/contracts/kit/chinese";

/** The Chinese of a text of a problem document; undefined when there is none. */
export function inChinese(text: string): string | undefined {
  const whole = chinese[text];
  if (whole !== undefined) return whole;
  for (const { pattern, translation } of patterns()) {
    const values = pattern.exec(text)?.slice(1);
    if (values) return translation.replaceAll("{}", () => values.shift() ?? "");
  }
  return undefined;
}

interface Pattern {
  pattern: RegExp;
  translation: string;
}

let known: Pattern[] | undefined;

/** Texts with values in them, compiled for the first caller who asks for Chinese. */
function patterns(): Pattern[] {
  known ??= Object.entries(chinese)
    .filter(([english]) => english.includes("{}"))
    .map(([english, translation]) => ({
      pattern: new RegExp(`^${english.split("{}").map(literally).join("(.+?)")}$`, "s"),
      translation,
    }));
  return known;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

const types: Readonly<Record<string, string>> = {
  string: "文本",
  number: "数字",
  int: "整数",
  boolean: "布尔值",
  array: "列表",
  object: "对象",
  record: "对象",
  null: "空值",
};

/** What a schema has found, in Chinese: its own texts are in English. */
export function issueInChinese(issue: object): string {
  const { code, expected, minimum, maximum, values, origin } = issue as Readonly<Record<string, unknown>>; // any issue may be looked at
  const unit = origin === "string" ? "个字符" : origin === "array" ? "项" : "";
  switch (code) {
    case "invalid_type":
      return `必须是${types[String(expected)] ?? String(expected)}`;
    case "too_small":
      return `不能少于 ${String(minimum)} ${unit}`.trim();
    case "too_big":
      return `不能超过 ${String(maximum)} ${unit}`.trim();
    case "invalid_value":
      return `必须是以下之一：${Array.isArray(values) ? values.join("、") : ""}`;
    case "invalid_format":
      return "格式不正确";
    default:
      return "无效的值";
  }
}
