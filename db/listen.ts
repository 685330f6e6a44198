import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import { type ConnectOptions, connect } from './connect.ts';

export type ListenOptions = {
  /** Straight to Postgres: a LISTEN does not survive PgBouncer in transaction mode. */
  readonly url: string;
  /** A plain lower-case identifier. */
  readonly channel: string;
  readonly onNote: (note: string) => void;
  /** After each (re)connect: notes sent before it are lost. */
  readonly onListening: () => void;
  readonly onError: (cause: unknown) => void;
};

const retryMs = 500;
/** A connection that a firewall dropped in silence is found out by this. */
const checkEveryMs = 15_000;
const answerWithinMs = 5_000;

/** Hears a channel on one connection of its own, and connects again for as long as it is not stopped. */
export function listen(options: ListenOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const done = (async () => {
    while (!signal.aborted) {
      try {
        await hearOnce(options, signal);
      } catch (cause) {
        options.onError(cause);
      }
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** Returns or throws when the connection is lost or it is stopped. */
async function hearOnce(options: ListenOptions, signal: AbortSignal): Promise<void> {
  let onClose = () => {};
  const closed = new Promise<true>((resolve) => {
    onClose = () => resolve(true);
  });
  const sql = connect({
    ...connectionOf(options),
    onClose: () => onClose(),
    onNotify: (channel, note) => {
      if (channel === options.channel) options.onNote(note);
    },
  });
  try {
    await withLimit(sql.unsafe(`listen ${options.channel}`));
    if (!signal.aborted) options.onListening();
    while (!signal.aborted) {
      const isClosed = await Promise.race([closed, restOrStop(signal)]);
      if (isClosed || signal.aborted) return;
      await withLimit(sql.unsafe('select 1'));
    }
  } finally {
    await sql.end({ timeout: 0 }).catch(() => undefined);
  }
}

function connectionOf({ url }: ListenOptions): ConnectOptions {
  return { url, connectionsMax: 1, prepare: false };
}

function restOrStop(signal: AbortSignal): Promise<false> {
  return pause(checkEveryMs, false as const, { signal, ref: false }).catch(() => false as const);
}

async function withLimit(work: postgres.PendingQuery<postgres.Row[]>): Promise<void> {
  const limit = new AbortController();
  const late = pause(answerWithinMs, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`No answer within ${answerWithinMs} ms`);
  });
  late.catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    limit.abort();
  }
}
