import { type ImportTally, importTally } from '#lib/importers/import-tally.ts';
import type { ImportEvent, ImportSink, LogFile } from '#lib/importers/log-reader.ts';
import { withTrueSize } from '#lib/importers/with-true-size.ts';
import { decodeItem } from '#lib/ingest/decode-item.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import type { ImportMarks } from '#lib/server/import/import-marks.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { readCodexParents, rootOf } from './codex-roots.ts';
import { type EventQueue, eventQueue } from './event-queue.ts';
import type { EventStore, StoreCounts } from './event-store.ts';
import { importDocument } from './import-document.ts';
import { importLines } from './import-lines.ts';
import { importOpenCodeFolder } from './import-opencode-folder.ts';
import type { ImportTask } from './import-task.ts';
import type { LogFormat, LogSource } from './log-source.ts';
import { nowhere } from './nowhere.ts';
import { type OpenClawSources, openclawSources } from './openclaw-sources.ts';

export type ImportOptions = {
  /** Null for a dry run. */
  readonly store: EventStore | null;
  readonly marks: ImportMarks;
  readonly overrides: readonly PriceOverride[];
  /** Events before it are left out. */
  readonly sinceMs: number | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
};

export type ImportProgress = { readonly files: number; readonly bytes: number; readonly events: number };

export type ImportRun = {
  /** Imports what is new in these logs, in their order. May be called again when they have grown. */
  take(sources: readonly LogSource[]): Promise<void>;
  readonly tally: ImportTally;
  counts(): StoreCounts;
};

const bytesOverhead = 300;

/** What unpacks archives and reads databases is loaded only where there is one. */
const importers = {
  lines: importLines,
  'zstd-lines': async (task) => (await import('./import-archive.ts')).importArchive(task),
  document: importDocument,
  database: async (task) => (await import('./import-database.ts')).importDatabase(task),
  folder: importOpenCodeFolder,
} as const satisfies Record<LogFormat, (task: ImportTask) => Promise<void>>;

/** Reads logs into a store. @throws AppError when the store fails for good; what was committed is marked. */
export function importRun(options: ImportOptions): ImportRun {
  const queue = eventQueue(options.store ?? nowhere);
  const tally = importTally(options.overrides);
  const progress = { files: 0, bytes: 0, events: 0 };
  const parents = new Map<string, string>();

  async function takeOne(source: LogSource, claws: OpenClawSources): Promise<void> {
    const known: ReadonlyMap<string, Source> =
      source.tool === 'openclaw' ? await claws.of(source.path) : new Map();
    const file: LogFile = {
      path: source.path.replaceAll('\\', '/'),
      sourceOf: (session) => known.get(session) ?? null,
      rootOf: (_, forkedFrom) => rootOf(parents, forkedFrom),
    };
    const sink = sinkOf(source, {
      queue,
      isStoring: options.store !== null,
      tally,
      progress,
      sinceMs: options.sinceMs,
    });
    const pause = async (bytes: number) => {
      progress.bytes += bytes;
      options.onProgress(progress);
      await queue.drain();
      return options.signal.aborted ? 'stop' : 'go on';
    };
    await importers[source.format]({
      source,
      file,
      sink,
      marks: options.marks,
      pause,
      whenStored: queue.whenStored,
    });
    tally.noteFile(source.tool, source.bytes);
    progress.files += 1;
    options.onProgress(progress);
  }

  return {
    tally,
    counts: queue.counts,
    take: async (sources) => {
      const claws = openclawSources();
      for (const [session, parent] of await readCodexParents(sources)) parents.set(session, parent);
      for (const source of sources) {
        if (options.signal.aborted) break;
        await takeOne(source, claws);
      }
      await queue.settle();
    },
  };
}

type SinkParts = {
  readonly queue: EventQueue;
  readonly isStoring: boolean;
  readonly tally: ImportTally;
  readonly progress: { events: number };
  readonly sinceMs: number | null;
};

/** Every event is checked as the ingest API checks it, summed up, and sent if it is news. */
function sinkOf({ tool }: LogSource, { queue, isStoring, tally, progress, sinceMs }: SinkParts): ImportSink {
  const nowMs = Date.now();
  return {
    skip: (reason) => tally.skip(tool, reason),
    emit: (event) => {
      const sent = withTrueSize(event);
      const decoded = decodeItem(sent, { index: 0, nowMs, onConflict: 'max' });
      if ('error' in decoded) {
        tally.skip(tool, `refused: ${decoded.error.code}`);
        return;
      }
      if (sinceMs !== null && decoded.event.tsMs < sinceMs) return;
      if (!tally.note(tool, decoded.event)) return;
      progress.events += 1;
      if (isStoring) queue.add({ sent, decoded }, weightOf(sent));
    },
  };
}

function weightOf(event: ImportEvent): number {
  if (event.type !== 'message') return bytesOverhead;
  if (typeof event.content === 'string') return bytesOverhead + event.content.length;
  return event.content.reduce((sum, part) => sum + (String(part['text'] ?? '').length + 100), bytesOverhead);
}
