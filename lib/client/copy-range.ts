import { exportPath } from './export-path.ts';

/** More than this makes the browser and whoever pastes it stand still. */
const charactersMax = 8_000_000;

/**
 * Puts a range of messages into the clipboard as Markdown.
 * @throws Error with a sentence for the reader: too large, refused, or unreachable
 */
export async function copyRange(range: {
  readonly sessionId: string;
  readonly from: number;
  readonly to: number;
}): Promise<void> {
  const response = await fetch(exportPath({ ...range, format: 'markdown' }), { cache: 'no-store' });
  if (!response.ok || response.body === null) throw new Error('The messages could not be read. Try again.');
  const text = await readBounded(response.body);
  try {
    await navigator.clipboard.writeText(text);
  } catch (cause) {
    throw new Error('The browser did not allow it: download the range instead.', { cause });
  }
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > charactersMax) {
      await reader.cancel();
      throw new Error('This is more than a clipboard should hold: download it instead.');
    }
  }
}
