import type { CodeLine } from './colour-code.ts';
import type { ColourAnswer, ColourRequest } from './colour-worker.ts';

/** As much of a Worker as is used. */
export type ColourWorker = {
  postMessage(request: ColourRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ColourAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

type Job = ColourRequest & {
  readonly signal: AbortSignal;
  readonly resolve: (lines: readonly CodeLine[] | null) => void;
};

type ColourQueueOptions = {
  readonly openWorker: () => ColourWorker;
  /** The worker is ended after so long without a text. */
  readonly idleMs?: number;
  /** And where one takes longer than this. */
  readonly patienceMs?: number;
};

/** About what is on a screen. Past it the text that waits for longest stays plain. */
const waitingMax = 24;

/**
 * Texts to be coloured, the one asked last first: it is the one that is looked at. The worker is opened for the
 * first and ended when it has had nothing to do for half a minute, with all that its grammars hold.
 */
export function openColourQueue({ openWorker, idleMs = 30_000, patienceMs = 10_000 }: ColourQueueOptions) {
  const waiting: Job[] = [];
  let worker: ColourWorker | null = null;
  let running: Job | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    worker?.terminate();
    worker = null;
  }

  function finish(lines: readonly CodeLine[] | null): void {
    clearTimeout(timer);
    const done = running;
    running = null;
    done?.resolve(lines);
    next();
  }

  function fail(): void {
    end();
    finish(null);
  }

  function next(): void {
    if (running !== null) return;
    const job = waiting.pop();
    if (job === undefined) {
      timer = setTimeout(end, idleMs);
      return;
    }
    running = job;
    clearTimeout(timer);
    try {
      worker ??= listen(openWorker());
      worker.postMessage({ text: job.text, language: job.language });
    } catch {
      // No worker here: the text stays plain.
      fail();
      return;
    }
    timer = setTimeout(fail, patienceMs);
  }

  function listen(opened: ColourWorker): ColourWorker {
    opened.onmessage = ({ data }) => finish(data.lines);
    opened.onerror = fail;
    return opened;
  }

  return {
    /** @returns null where it was given up, crowded out, or could not be coloured */
    colour: ({ signal, ...request }: ColourRequest & { readonly signal: AbortSignal }) =>
      new Promise<readonly CodeLine[] | null>((resolve) => {
        if (signal.aborted) return resolve(null);
        const job: Job = { ...request, signal, resolve };
        signal.addEventListener(
          'abort',
          () => {
            const at = waiting.indexOf(job);
            if (at >= 0) waiting.splice(at, 1);
            resolve(null);
          },
          { once: true },
        );
        waiting.push(job);
        if (waiting.length > waitingMax) waiting.shift()?.resolve(null);
        next();
      }),
    get waiting() {
      return waiting.length;
    },
  };
}
