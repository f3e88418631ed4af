import { foldName } from "../kit/fold.ts";

/** A piece of a text that is looked for as a whole. */
export interface Segment {
  /** By code points. */
  letters: readonly string[];
  /** Whether its script has no spaces between words, so that every letter may begin one: Chinese, and Japanese and Korean too. */
  isDense: boolean;
}

const words = /[\p{L}\p{N}\p{M}]+/gu;
const dense = /([\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]+)/u;

/** Text as it is compared: width, compatibility forms and case do not matter, nor where in a word a Greek sigma stands. */
export function foldText(text: string): string {
  return foldName(text).replaceAll("ς", "σ");
}

/** The words of a folded text, and the runs of Chinese in it. */
export function segmentsOf(folded: string): Segment[] {
  return (folded.match(words) ?? [])
    .flatMap((word) => word.split(dense))
    .filter((part) => part !== "")
    .map((part) => ({ letters: Array.from(part), isDense: dense.test(part) }));
}

/** Letters and digits alone, without what separates them. */
export function withoutSeparators(folded: string): string {
  return (folded.match(words) ?? []).join("");
}
