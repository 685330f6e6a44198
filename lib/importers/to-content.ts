import type { MessageInput } from '#lib/chat/message-event.ts';
import { type Fields, fieldsAt, isFields, textAt } from './fields.ts';

export type Content = MessageInput['content'];

const partsMax = 1_000;

/**
 * The content of a chat line as it is stored: a text where it is only text, else parts, in which images and
 * other attached data are stubs with type and size.
 */
export function toContent(value: unknown): Content {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (!Array.isArray(value)) return JSON.stringify(value);
  const parts = value.slice(0, partsMax).map(toPart);
  const texts = parts.map((part) => (part['type'] === 'text' ? textAt(part, 'text') : null));
  if (texts.every((text) => text !== null)) return texts.join('\n');
  return parts;
}

/** How many bytes of attached data a stub stands for; 0 for other parts. */
export function stubBytes(content: Content): number {
  if (typeof content === 'string') return 0;
  let bytes = 0;
  for (const part of content) if (typeof part['bytes'] === 'number') bytes += part['bytes'];
  return bytes;
}

function toPart(value: unknown): Fields {
  if (typeof value === 'string') return { type: 'text', text: value };
  if (!isFields(value)) return { type: 'text', text: JSON.stringify(value) ?? '' };
  const attached = findData(value);
  if (attached !== null) return toStub(value, attached);
  const text = textAt(value, 'text');
  if (text !== null) return { type: 'text', text };
  return { type: 'text', text: JSON.stringify(value) };
}

type Attached = { readonly data: string; readonly mediaType: string };

/** Base64 as Anthropic (`source`), MCP and OpenClaw (`data`), Google (`inlineData`) and OpenAI (a data URL) write it. */
function findData(part: Fields): Attached | null {
  const inline = fieldsAt(part, 'inlineData');
  const inlineText = textAt(inline, 'data');
  if (inlineText !== null) {
    return { data: inlineText, mediaType: textAt(inline, 'mimeType') ?? 'unknown type' };
  }
  const source = fieldsAt(part, 'source');
  const sourceData = textAt(source, 'data');
  if (sourceData !== null && textAt(source, 'type') !== 'text') {
    return { data: sourceData, mediaType: textAt(source, 'media_type') ?? 'unknown type' };
  }
  const data = textAt(part, 'data');
  if (data !== null) {
    return {
      data,
      mediaType: textAt(part, 'mimeType') ?? textAt(part, 'mediaType') ?? 'unknown type',
    };
  }
  const url = textAt(part, 'image_url') ?? textAt(fieldsAt(part, 'image_url'), 'url') ?? textAt(part, 'url');
  const match = url === null ? null : /^data:([^;,]{1,100})[^,]{0,100},/.exec(url.slice(0, 300));
  if (url === null || match === null) return null;
  return { data: url.slice(match[0].length), mediaType: match[1] ?? 'unknown type' };
}

function toStub(part: Fields, { data, mediaType }: Attached): Fields {
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  const bytes = Math.max(0, Math.floor((data.length * 3) / 4) - padding);
  const type = (textAt(part, 'type') ?? 'attachment').replace(/^input_/, '');
  const shown = mediaType.slice(0, 100);
  return { type, mediaType: shown, bytes, text: `[${shown}, ${bytes} bytes]` };
}
