import 'server-only';
import type { Database } from '#db/database.ts';
import type { MessagePage } from '#lib/chat/message-view.ts';
import type { StreamedMessages, StreamState } from '#lib/chat/stream-event.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { getSession } from './get-session.ts';
import { readMessages } from './read-messages.ts';

/** Of more than this the stream tells only that they are there: who wants them reads them by seq. */
export const streamGapMax = 500;
const pageSize = 100;
const heartbeatMs = 20_000;
/** A reader must show its key or cookie again after this long; it comes back within the second. */
const lifetimeMs = 300_000;

export type StreamPosition = { readonly epoch: number; readonly nextSeq: number };

/** `<epoch>-<seq>` as the stream gives it with each event. */
export function parseEventId(text: string | null): StreamPosition | null {
  const [, epoch, seq] = /^(\d{1,9})-(\d{1,15})$/.exec(text ?? '') ?? [];
  return epoch === undefined || seq === undefined ? null : { epoch: Number(epoch), nextSeq: Number(seq) };
}

/**
 * A session's messages as they come, as server-sent events: `state` (epoch, last seq, cleared line) at first,
 * after each clearing and where more than 500 are missed, and `messages` with at most 100. Only what the
 * reader has room for is read.
 * @throws AppError `not_found`
 */
export async function streamSession(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    /** Where the reader is; null starts at the end. */
    readonly position: StreamPosition | null;
    readonly hub: LiveHub;
    readonly signal: AbortSignal;
    readonly onEnd?: () => void;
  },
): Promise<ReadableStream<Uint8Array>> {
  const { projectId, id, hub, signal } = input;
  const session = await getSession(db, { projectId, id });
  const bell = openBell();
  const unsubscribe = hub.subscribe(projectId, ({ topics, sessions }) => {
    // Drafts are no messages: who wants them reads the last page.
    if (topics.every((topic) => topic === 'drafts')) return;
    if (sessions === 'many' || sessions.includes(id)) bell.ring();
  });
  const lifetime = setTimeout(() => bell.end(), lifetimeMs);
  const end = () => {
    clearTimeout(lifetime);
    unsubscribe();
    bell.end();
    input.onEnd?.();
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  let epoch = input.position?.epoch ?? -1;
  let nextSeq = input.position?.nextSeq ?? session.lastSeq + 1;
  let isFirst = true;

  async function nextEvent(): Promise<string | null> {
    for (;;) {
      if (bell.isEnded()) return null;
      bell.hush();
      const page = await readMessages(db, { projectId, id, from: nextSeq, limit: pageSize });
      const isMoved = isFirst || page.epoch !== epoch || page.lastSeq - nextSeq >= streamGapMax;
      isFirst = false;
      epoch = page.epoch;
      if (isMoved) {
        if (page.lastSeq - nextSeq >= streamGapMax) nextSeq = page.lastSeq + 1;
        // Past the end after a backup was put back, or the session was removed and began anew.
        nextSeq = Math.max(Math.min(nextSeq, page.lastSeq + 1), page.clearedThroughSeq + 1);
        return writeEvent('state', toState(page), nextSeq);
      }
      if (page.messages.length > 0) {
        nextSeq = (page.messages[page.messages.length - 1]?.seq ?? nextSeq) + 1;
        return writeEvent('messages', { ...toState(page), messages: page.messages }, nextSeq);
      }
      if ((await bell.wait(heartbeatMs)) === 'silence') return ': \n\n';
    }
  }

  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const event = await nextEvent().catch(() => null);
        if (event !== null) return controller.enqueue(encoder.encode(event));
        end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

function toState({ epoch, lastSeq, clearedThroughSeq }: MessagePage): StreamState {
  return { epoch, lastSeq, clearedThroughSeq };
}

function writeEvent(name: string, data: StreamState | StreamedMessages, nextSeq: number): string {
  return `event: ${name}\nid: ${data.epoch}-${nextSeq}\ndata: ${JSON.stringify(data)}\n\n`;
}

type Bell = {
  ring(): void;
  /** Forgets rings: what they told of is about to be read. */
  hush(): void;
  wait(silenceMs: number): Promise<'rung' | 'silence'>;
  end(): void;
  isEnded(): boolean;
};

function openBell(): Bell {
  let isRung = false;
  let hasEnded = false;
  let wake = () => {};
  const ring = () => {
    isRung = true;
    wake();
  };
  return {
    ring,
    hush: () => {
      isRung = false;
    },
    wait: (silenceMs) =>
      new Promise((resolve) => {
        if (isRung || hasEnded) return resolve('rung');
        const timer = setTimeout(() => resolve('silence'), silenceMs);
        wake = () => {
          clearTimeout(timer);
          resolve('rung');
        };
      }),
    end: () => {
      hasEnded = true;
      wake();
    },
    isEnded: () => hasEnded,
  };
}
