import 'server-only';
import { AppError } from '#lib/errors.ts';
import { everyChange, mergeChanges, narrowChange, type ProjectChange } from '#lib/live/project-change.ts';
import type { LiveHub } from './live-hub.ts';

/** Where a stream's text goes: an HTTP answer in the app. */
export type LiveSink = {
  /** @returns false when the reader is slow: nothing more is written until `onDrain`. */
  write(text: string): boolean;
  end(): void;
  onDrain(callback: () => void): void;
  onClose(callback: () => void): void;
};

export type LiveStreams = {
  /**
   * Streams a project's changes as server-sent events until either side ends it.
   * @throws AppError `overloaded` when `streamsMax` are open, `not_ready` when the server is ending.
   */
  open(subscription: LiveSubscription, sink: LiveSink): void;
  readonly count: number;
  /** Ends all streams; no new one is opened. Readers come back by themselves. */
  close(): void;
};

export type LiveSubscription = {
  readonly projectId: number;
  /** The session whose changes are told at once; null follows none. */
  readonly session: string | null;
};

/** Each stream costs a connection and about 20 kB. */
const streamsMax = 500;
/** Proxies cut connections that are silent for a minute. */
const heartbeatMs = 20_000;
/** A reader must show its key or cookie again after this long; it comes back within the second. */
const lifetimeMs = 300_000;
/** Changes of the project are told once a second; those of a followed session as they come. */
const projectEveryMs = 1_000;

const reconnectMs = 1_000;

/** The open event streams of one process. */
export function openLiveStreams(hub: LiveHub): LiveStreams {
  const open = new Set<() => void>();
  let isClosed = false;
  return {
    open: (subscription, sink) => {
      if (isClosed) throw new AppError('not_ready', 'The server is ending.', { retryAfterSeconds: 1 });
      if (open.size >= streamsMax) {
        throw new AppError('overloaded', `${streamsMax} streams are open. Ask again later, or poll.`, {
          retryAfterSeconds: 30,
        });
      }
      const end = startStream({ hub, subscription, sink, onEnd: () => open.delete(end) });
      open.add(end);
    },
    get count() {
      return open.size;
    },
    close: () => {
      isClosed = true;
      for (const end of [...open]) end();
    },
  };
}

type StreamParts = {
  readonly hub: LiveHub;
  readonly subscription: LiveSubscription;
  readonly sink: LiveSink;
  readonly onEnd: () => void;
};

function startStream({ hub, subscription, sink, onEnd }: StreamParts): () => void {
  const followed = new Set(subscription.session === null ? [] : [subscription.session]);
  let waiting: ProjectChange | undefined;
  let isSlow = false;
  let isEnded = false;
  let isGone = false;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const write = (text: string) => {
    if (!isSlow) isSlow = !sink.write(text);
  };
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    // A slow reader gets one change for all that it missed.
    if (waiting === undefined || isSlow || isEnded) return;
    write(`event: change\ndata: ${JSON.stringify(waiting)}\n\n`);
    waiting = undefined;
    toldAtMs = performance.now();
  };
  const onChange = (change: ProjectChange) => {
    const mine = narrowChange(change, followed);
    if (mine === null) return;
    waiting = mergeChanges(waiting, mine);
    if (mine.sessions.length > 0) tell();
    else timer ??= setTimeout(tell, Math.max(0, toldAtMs + projectEveryMs - performance.now()));
  };
  const unsubscribe = hub.subscribe(subscription.projectId, onChange);
  const heartbeat = setInterval(() => write(': \n\n'), heartbeatMs);
  const end = () => {
    if (isEnded) return;
    isEnded = true;
    clearTimeout(timer);
    clearTimeout(lifetime);
    clearInterval(heartbeat);
    unsubscribe();
    onEnd();
    if (!isGone) sink.end();
  };
  const lifetime = setTimeout(end, lifetimeMs);
  sink.onDrain(() => {
    isSlow = false;
    tell();
  });
  sink.onClose(() => {
    isGone = true;
    end();
  });
  // What happened before is unknown to the reader: its first event says that anything may have changed.
  write(`retry: ${reconnectMs}\n\n`);
  onChange(everyChange);
  return end;
}
