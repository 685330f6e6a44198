import { Buffer } from 'node:buffer';

type JsonObject = Readonly<Record<string, unknown>>;
export type Content = string | readonly JsonObject[];

/**
 * How a body is written: as it is; as a JSON string, where the text holds U+0000 or lone surrogates, which
 * Postgres cannot; or as JSON of parts.
 */
export const contentEncoding = { text: 0, jsonString: 1, jsonParts: 2 } as const;

export type StoredContent = {
  /** True size in UTF-8 bytes: of the text, or of the parts' JSON. */
  readonly bytes: number;
  /** What a list shows, at most 2,000 characters, always printable by Postgres. */
  readonly preview: string;
  readonly encoding: number;
  /** Null when the preview is the whole content. */
  readonly body: string | null;
  /** True when the body was cut to `bodyBytesMax`. */
  readonly truncated: boolean;
};

export const previewCharsMax = 2_000;
export const bodyBytesMax = 1_048_576;

/** What is stored of a message. A body over 1 MiB is cut to its first MiB of readable text and marked. */
export function toStoredContent(content: Content): StoredContent {
  const json = typeof content === 'string' ? null : JSON.stringify(content);
  const text = json === null && typeof content === 'string' ? content : readableText(content);
  const bytes = Buffer.byteLength(json ?? text, 'utf8');
  const truncated = bytes > bodyBytesMax;
  const preview = printable(cutText(text, previewCharsMax));
  if (truncated) {
    return {
      bytes,
      preview,
      encoding: contentEncoding.text,
      body: printable(cutToBytes(text, bodyBytesMax)),
      truncated,
    };
  }
  if (json !== null) return { bytes, preview, encoding: contentEncoding.jsonParts, body: json, truncated };
  if (!isPlain(text)) {
    return { bytes, preview, encoding: contentEncoding.jsonString, body: JSON.stringify(text), truncated };
  }
  const body = text.length <= previewCharsMax ? null : text;
  return { bytes, preview, encoding: contentEncoding.text, body, truncated };
}

/** The content as it was sent (but for redactions and a cut). */
export function fromStoredContent(stored: {
  readonly preview: string;
  readonly encoding: number;
  readonly body: string | null;
}): Content {
  if (stored.body === null) return stored.preview;
  if (stored.encoding === contentEncoding.text) return stored.body;
  return JSON.parse(stored.body);
}

/** The words of a message with parts: texts as they are, everything else as a stub with type and size. */
export function readableText(content: Content): string {
  if (typeof content === 'string') return content;
  return content.map(readablePart).join('\n');
}

function readablePart(part: JsonObject): string {
  for (const name of ['text', 'thinking', 'content', 'output']) {
    const value = part[name];
    if (typeof value === 'string') return value;
  }
  const type = typeof part['type'] === 'string' ? part['type'] : 'part';
  const json = JSON.stringify(part);
  if (/image|audio|video|file|document/.test(type)) return `[${type}, ${json.length} bytes]`;
  return json;
}

/** Without U+0000 and lone surrogates, which are shown as signs of their own. */
export function printable(text: string): string {
  return isPlain(text) ? text : text.toWellFormed().replaceAll('\u0000', '\u2400');
}

function isPlain(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** Never cuts a surrogate pair in two. */
function cutText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const cut = text.slice(0, charsMax);
  const last = cut.charCodeAt(charsMax - 1);
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
}

function cutToBytes(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text.slice(0, bytesMax), 'utf8');
  if (bytes.length <= bytesMax) return bytes.toString('utf8');
  let end = bytesMax;
  // Step back over continuation bytes, so that the cut falls between characters.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString('utf8');
}
