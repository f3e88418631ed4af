/** Characters that a value may fill of a text. */
const longestValue = 120;

// Line breaks would begin headers, bidirectional marks turn the text around a value, and invisible ones hide in it.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** A value as one short line of plain text, whatever it was. */
export function plainValue(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  // Cut before anything else looks at it: a value may be a megabyte.
  const line = String(value)
    .slice(0, longestValue * 4)
    .replaceAll(unseen, " ")
    .trim();
  const characters = [...line];
  return characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join("")}…` : line;
}

/**
 * A text with values in the place of its fields. It is gone through once, so a value that looks like a field stays as it is.
 * @throws Error when the template names a field that there is no value for
 */
export function render(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (_, field: string) => {
    if (!Object.hasOwn(values, field)) throw new Error("a template names a field that there is none of");
    return plainValue(values[field]);
  });
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that HTML shows as it is. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** A value in which no mail program finds a link: strangers choose the names of leads. */
export function withoutLinks(value: string): string {
  return value.replaceAll("://", "[:]//").replaceAll(/\bwww\./gi, (found) => `${found.slice(0, -1)}[.]`);
}
