import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import type { ImportEvent } from '#lib/importers/log-reader.ts';
import type { EventStore, Outgoing, StoreCounts } from './event-store.ts';

const answer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  conflicts: z.number(),
  rejected: z.number(),
  raised: z.number(),
});
const problem = z.object({ detail: z.string().optional(), title: z.string().optional() });

const triesMax = 60;
const contentCharsMax = 1_048_576;
const answerMsMax = 120_000;
const zip = promisify(gzip);

/** Sends events to the ingest API of a running server, a packed batch at a time. */
export function apiStore(target: { readonly to: string; readonly key: string }): EventStore {
  const url = `${target.to}/api/ingest`;

  async function send(events: readonly Outgoing[]): Promise<StoreCounts> {
    const body = await zip(JSON.stringify({ onConflict: 'max', events: events.map(({ sent }) => sent) }));
    for (let attempt = 1; ; attempt++) {
      const response = await post(url, body, target.key).catch((cause: unknown) => {
        if (attempt < triesMax) return null;
        throw new Error(`No answer from ${url}: ${reasonOf(cause)}`, { cause });
      });
      if (response?.status === 413) {
        const smaller = await sendSmaller(events);
        if (smaller !== null) return smaller;
      }
      if (response !== null && (response.ok || response.status === 422)) {
        return answer.parse(await response.json());
      }
      if (response !== null && !isPassing(response.status)) throw new Error(await explain(url, response));
      if (attempt >= triesMax)
        throw new Error(`${url} is too busy. Run the import again later; it goes on from here.`);
      await pause(waitMs(response));
    }
  }

  /** In halves; a single one cut, unless it was cut already. */
  async function sendSmaller(events: readonly Outgoing[]): Promise<StoreCounts | null> {
    const [only] = events;
    if (only !== undefined && events.length === 1) {
      const sent = cutMessage(only.sent);
      return sent === null ? null : send([{ ...only, sent }]);
    }
    const middle = Math.ceil(events.length / 2);
    const first = await send(events.slice(0, middle));
    const second = await send(events.slice(middle));
    return {
      accepted: first.accepted + second.accepted,
      duplicates: first.duplicates + second.duplicates,
      conflicts: first.conflicts + second.conflicts,
      raised: first.raised + second.raised,
      rejected: first.rejected + second.rejected,
    };
  }

  return {
    eventsMax: 1_000,
    bytesMax: 4_194_304,
    inFlightMax: 1,
    store: send,
    close: () => Promise.resolve(),
  };
}

/** A message's first MiB, which is all that is stored of it, with its true size. */
function cutMessage(event: ImportEvent): ImportEvent | null {
  if (event.type !== 'message') return null;
  const text = typeof event.content === 'string' ? event.content : JSON.stringify(event.content);
  if (text.length <= contentCharsMax) return null;
  const content = text.slice(0, contentCharsMax).toWellFormed();
  return { ...event, content, bytes: event.bytes ?? Buffer.byteLength(text, 'utf8') };
}

function post(url: string, body: Uint8Array<ArrayBuffer>, key: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(answerMsMax),
  });
}

function isPassing(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

function waitMs(response: Response | null): number {
  const seconds = Number(response?.headers.get('retry-after') ?? 1);
  return Math.min(30, Number.isFinite(seconds) && seconds > 0 ? seconds : 1) * 1_000;
}

async function explain(url: string, response: Response): Promise<string> {
  if (response.status === 401)
    return `${url} does not know this key. Make one with the scope \`ingest\` in Settings.`;
  const text = await response.text().catch(() => '');
  try {
    const { detail, title } = problem.parse(JSON.parse(text));
    return `${url} answered ${response.status}: ${detail ?? title ?? 'no reason given'}`;
  } catch {
    // Not Plimsoll's own words: a proxy's page, or another program on that port.
    return `${url} answered ${response.status}. Is it the address of Plimsoll?`;
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}
