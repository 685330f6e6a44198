import { changeTopics, everyChange, type ProjectChange } from '#lib/live/project-change.ts';
import * as shape from './shape.ts';

export type LiveListener = {
  /** The session to follow: its changes come as they happen. One at a time; the last listener's counts. */
  readonly session?: string | null;
  /** Something changed: ask the API anew. Called at most about ten times a second, and not while hidden. */
  readonly onChange: (change: ProjectChange) => void;
};

export type LiveConnection = {
  /** Opens the stream for the first listener and ends it with the last. @returns ends this one */
  subscribe(listener: LiveListener): () => void;
};

/** What the connection needs of the browser; tests bring their own. */
export type LiveSurroundings = {
  readonly openSource: (url: string) => EventSource;
  readonly isHidden: () => boolean;
  readonly onVisibilityChange: (callback: () => void) => void;
};

/** While there is no stream (a proxy that cuts it, too many of them), each listener is told this often. */
const pollEveryMs = 5_000;
const retryMsMax = 60_000;
const closedState = 2;

const changeEvent = shape.object({
  topics: shape.array(shape.oneOf(changeTopics)),
  sessions: shape.array(shape.string),
}) satisfies shape.Shape<ProjectChange>;

/**
 * One event stream for all of a page, so that many tabs do not use up a browser's six connections: it is
 * closed while the tab is hidden, and its first event after that says that anything may have changed.
 */
export function openLiveConnection(surroundings: LiveSurroundings): LiveConnection {
  const listeners = new Set<LiveListener>();
  let source: EventSource | undefined;
  let openUrl: string | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let pollTimer: ReturnType<typeof setInterval> | undefined;
  let failures = 0;

  function tell(change: ProjectChange): void {
    for (const listener of [...listeners]) listener.onChange(change);
  }

  /** Brings the stream to what the listeners and the tab want now. */
  function settle(): void {
    const url = listeners.size === 0 || surroundings.isHidden() ? undefined : urlFor(listeners);
    if (url === openUrl) return;
    close();
    openUrl = url;
    if (url !== undefined) open(url);
  }

  function open(url: string): void {
    const opened = surroundings.openSource(url);
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      stopPolling();
    });
    opened.addEventListener('change', (event) => {
      const change = parseChange(event.data);
      if (change !== null) tell(change);
    });
    opened.addEventListener('error', () => {
      poll();
      // The browser itself tries again after a cut, but gives up for good on any status but 200.
      if (opened.readyState !== closedState) return;
      clearTimeout(retryTimer);
      retryTimer = setTimeout(() => open(url), Math.min(retryMsMax, 1_000 * 2 ** failures));
      failures += 1;
    });
  }

  function close(): void {
    source?.close();
    source = undefined;
    clearTimeout(retryTimer);
    stopPolling();
  }

  function poll(): void {
    pollTimer ??= setInterval(() => tell(everyChange), pollEveryMs);
  }

  function stopPolling(): void {
    clearInterval(pollTimer);
    pollTimer = undefined;
  }

  surroundings.onVisibilityChange(settle);
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      settle();
      return () => {
        listeners.delete(listener);
        settle();
      };
    },
  };
}

function urlFor(listeners: ReadonlySet<LiveListener>): string {
  const followed = [...listeners].findLast(
    ({ session }) => session !== undefined && session !== null,
  )?.session;
  return followed ? `/api/live?${new URLSearchParams({ session: followed })}` : '/api/live';
}

function parseChange(data: unknown): ProjectChange | null {
  try {
    return changeEvent(JSON.parse(String(data)));
  } catch {
    return null;
  }
}
