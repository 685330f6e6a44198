import { Buffer } from 'node:buffer';
import type { ImportEvent } from './log-reader.ts';
import { stubBytes } from './to-content.ts';

/** A chat line whose attached data is a stub says how large it really is. */
export function withTrueSize(event: ImportEvent): ImportEvent {
  if (event.type !== 'message' || typeof event.content === 'string') return event;
  const attached = stubBytes(event.content);
  if (attached === 0) return event;
  const texts = event.content.filter((part) => part['bytes'] === undefined);
  return { ...event, bytes: attached + Buffer.byteLength(JSON.stringify(texts), 'utf8') };
}
