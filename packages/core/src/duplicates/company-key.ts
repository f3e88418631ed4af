/**
 * Ends of company names that only tell the legal form, folded and without signs. The longest that fits goes first, so
 * 股份有限公司 goes as a whole. Words of trades (集团, 科技, Trading) stay: they tell companies apart.
 */
const chineseForms = [
  "股份有限公司",
  "有限责任公司",
  "有限責任公司",
  "特殊普通合伙",
  "股份公司",
  "有限公司",
  "有限合伙",
  "普通合伙",
  "公司",
];
const latinForms = [
  ...["co", "company", "corp", "corporation", "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc"],
  ...["pty", "pte", "pvt", "private", "sdn", "bhd"],
  ...["gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "ev"],
  ...["sa", "sas", "sarl", "srl", "spa", "sl", "bv", "nv", "oy", "ab", "as", "aps", "kk", "doo", "sro", "zrt", "kft"],
];
const latinForm = new Set(latinForms);

/** A partition of the index takes 2,048 bytes; so many characters are enough to tell companies apart. */
const mostCharacters = 200;

/**
 * What a company name is compared by: letters and digits alone, without width, case, signs, spaces and legal form
 * (有限公司, Co., Ltd., GmbH). It is never empty: what would be nothing but a legal form is compared as a whole.
 */
export function companyKey(name: string): string {
  const folded = name.normalize("NFKC").toLowerCase().normalize("NFKC");
  // Signs within an abbreviation go, others part words: S.p.A. is a word, Müller&Sons are two.
  const words = folded
    .replace(/(?<=\p{L})[.'’](?=\p{L})/gu, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
  const key = withoutChineseForm(withoutLatinForms(words).join(""));
  return (key || words.join("") || folded.trim() || name).slice(0, mostCharacters).toWellFormed();
}

/** "Hua Xia Co Ltd" -> "Hua Xia"; "GmbH & Co. KG" is several forms in a row. */
function withoutLatinForms(words: readonly string[]): readonly string[] {
  const last = words.findLastIndex((word) => !latinForm.has(word));
  return last < 0 ? words : words.slice(0, last + 1);
}

function withoutChineseForm(name: string): string {
  const form = chineseForms.find((ending) => name.endsWith(ending));
  return form === undefined || form === name ? name : name.slice(0, -form.length);
}
