import 'server-only';
import { everyChange, mergeChanges, type ProjectChange } from '#lib/live/project-change.ts';
import { type ProjectChanges, readLiveNote, writeLiveNote } from './live-note.ts';

export type LiveHub = {
  /**
   * Says that something of a project has changed. Call it after the commit, never within the statement: a
   * NOTIFY in each transaction makes commits wait for each other. It costs no statement of its own: changes
   * of 100 ms are told as one.
   */
  publish(projectId: number, change: ProjectChange): void;
  /** Calls back for changes of a project made by any replica, at most ten times a second, until it is ended. */
  subscribe(projectId: number, onChange: (change: ProjectChange) => void): () => void;
  /** Tells what is not told yet, and ends listening. */
  close(): Promise<void>;
};

export type LiveHubOptions = {
  /** Differs between replicas: each hears its own notes too and drops them. */
  readonly origin: string;
  /** Sends a note to all replicas. */
  readonly notify: (note: string) => Promise<void>;
  /** Starts to hear all replicas' notes; called once, when the first subscriber comes. */
  readonly listen: (ears: {
    readonly onNote: (note: string) => void;
    /** After each start, also the first: what was said before is unheard. */
    readonly onListening: () => void;
  }) => { stop(): Promise<void> };
  readonly onError: (cause: unknown) => void;
};

const tickMs = 100;

/** Changes of all projects, gathered for 100 ms: heard at once in this process, by one note in the others. */
export function openLiveHub(options: LiveHubOptions): LiveHub {
  const subscribers = new Map<number, Set<(change: ProjectChange) => void>>();
  let heard: ProjectChanges = new Map();
  let untold: ProjectChanges = new Map();
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;
  let tickedAtMs = Number.NEGATIVE_INFINITY;
  let ear: { stop(): Promise<void> } | undefined;
  let wasListening = false;

  function deliver(projectId: number, change: ProjectChange): void {
    for (const onChange of [...(subscribers.get(projectId) ?? [])]) onChange(change);
  }

  function deliverToAll(): void {
    for (const projectId of [...subscribers.keys()]) deliver(projectId, everyChange);
  }

  function tickSoon(): void {
    timer ??= setTimeout(tick, Math.max(0, tickedAtMs + tickMs - performance.now()));
  }

  function tick(): void {
    timer = undefined;
    tickedAtMs = performance.now();
    const changes = heard;
    heard = new Map();
    for (const [projectId, change] of changes) {
      untold.set(projectId, mergeChanges(untold.get(projectId), change));
      deliver(projectId, change);
    }
    if (telling === undefined) telling = tell();
    else tickSoon();
  }

  async function tell(): Promise<void> {
    const changes = untold;
    untold = new Map();
    try {
      if (changes.size > 0) await options.notify(writeLiveNote({ origin: options.origin, changes }));
    } catch (cause) {
      // The other replicas' pages are late until the next note. The sender has long been answered.
      options.onError(cause);
    } finally {
      telling = undefined;
    }
  }

  function hear(text: string): void {
    const note = readLiveNote(text);
    if (note === null || note.origin === options.origin) return;
    if (note.changes === 'all') deliverToAll();
    else for (const [projectId, change] of note.changes) deliver(projectId, change);
  }

  return {
    publish: (projectId, change) => {
      heard.set(projectId, mergeChanges(heard.get(projectId), change));
      tickSoon();
    },
    subscribe: (projectId, onChange) => {
      const others = subscribers.get(projectId) ?? new Set();
      subscribers.set(projectId, others.add(onChange));
      ear ??= options.listen({
        onNote: hear,
        onListening: () => {
          if (wasListening) deliverToAll();
          wasListening = true;
        },
      });
      return () => {
        others.delete(onChange);
        if (others.size === 0 && subscribers.get(projectId) === others) subscribers.delete(projectId);
      };
    },
    close: async () => {
      while (timer !== undefined || telling !== undefined) {
        if (timer !== undefined) {
          clearTimeout(timer);
          tick();
        }
        await telling;
      }
      await ear?.stop();
    },
  };
}
