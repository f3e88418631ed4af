import { isUtf8 } from "node:buffer";

const gb18030 = new TextDecoder("gb18030", { fatal: true });

/**
 * Inputs of a url-encoded body; of boxes of one name the last value stands, as with JSON. A browser sends them in the encoding of its
 * page and does not say which that is: what is not UTF-8 is read as GB18030, in which older Chinese pages are written.
 */
export function urlEncodedInputs(text: string): Record<string, string> {
  const utf8 = () => Object.fromEntries(new URLSearchParams(text));
  if (isUtf8(bytesOf(text))) return utf8();
  try {
    const parts = text.split("&").filter((part) => part !== "");
    return Object.fromEntries(
      parts.map((part) => {
        const [name = "", ...value] = part.split("=");
        return [gb18030.decode(bytesOf(name)), gb18030.decode(bytesOf(value.join("=")))];
      }),
    );
  } catch {
    return utf8();
  }
}

function bytesOf(text: string): Uint8Array {
  // Bytes that came as they are have been read as UTF-8 before; they are written out as what they were.
  const encoded = text.replaceAll("+", " ").replaceAll(/[^\0-\x7f]+/g, (raw) => encodeURIComponent(raw.toWellFormed()));
  const bytes = encoded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1");
}
