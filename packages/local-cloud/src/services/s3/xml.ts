/** What an element holds: text, elements by name, or several of one name. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | { readonly [name: string]: XmlValue | readonly XmlValue[] };

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An XML document as S3 answers it. */
export function xmlDocument(root: string, value: XmlValue): string {
  const namespace = root === "Error" ? "" : ` xmlns="${NAMESPACE}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${content(value)}</${root}>`;
}

function content(value: XmlValue): string {
  if (value === undefined) return "";
  if (typeof value !== "object") return escapeXml(String(value));
  return Object.entries(value)
    .flatMap(([name, member]) =>
      isList(member) ? member.map((one) => [name, one] as const) : [[name, member] as const],
    )
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${content(member)}</${name}>`)
    .join("");
}

function isList(value: XmlValue | readonly XmlValue[]): value is readonly XmlValue[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/\p{Cc}/gu, (character) => `&#${character.charCodeAt(0)};`);
}
