import {
  agentStates,
  BoundedMap,
  BoundedQueue,
  DropWatch,
  impulseQueue,
  interestResults,
  Lifecycle,
  pendingResponses,
  ResultStore,
  RunEmitter,
  SessionSemaphores,
  threadCache,
  typingThrottle,
} from '#lib/agent/index.ts';
import { formatMegabytes, liveHeapBytes } from './heap-growth.ts';

const operations = 10_000_000;

/** Every bounded part, filled far beyond its bound for ten million operations. */
export async function measureState(): Promise<void> {
  const life = new Lifecycle();
  const map = life.add(
    'map',
    new BoundedMap<string, { n: number }>({ sizeMax: 1_000, ttlMs: 60_000, sweepMs: 1_000 }),
  );
  const queue = life.add(
    'queue',
    new BoundedQueue<{ n: number }>({ sizeMax: 1_000, ttlMs: 60_000, sweepMs: 1_000 }),
  );
  const pending = life.add('pending', pendingResponses<number>());
  const impulses = life.add('impulses', impulseQueue<{ isExecuted: boolean }>());
  const interests = life.add('interests', interestResults<number>());
  const threads = life.add('threads', threadCache<number>());
  const typing = life.add('typing', typingThrottle());
  const states = life.add('states', agentStates<number>());
  const runs = life.add('runs', new RunEmitter<number>({ runsMax: 1_000 }));
  const semaphores = life.add('semaphores', new SessionSemaphores({ sessionsMax: 1_000 }));
  const results = life.add('results', new ResultStore({ resultsMax: 50, bytesMax: 1_000_000 }));
  const watch = life.add('watch', new DropWatch());
  const listener = () => {};
  const steps: readonly ((n: number) => unknown)[] = [
    (n) => map.set(`k${n % 50_000}`, { n }).settle(`k${(n * 7) % 50_000}`),
    (n) => queue.push({ n }) && n % 3 === 0 && queue.shift(),
    (n) => pending.of(`agent${n % 20}`).set(`r${n}`, n),
    (n) => impulses.of(`agent${n % 20}`).push({ isExecuted: n % 2 === 0 }),
    (n) => interests.of(`interest${n % 100}`).set(`x${n}`, n),
    (n) => threads.set(`channel${n}`, n),
    (n) => typing.set(`channel${n}`, n),
    (n) => states.set(`agent${n % 5_000}`, n),
    (n) => runs.on(`run${n}`, listener),
    (n) => results.put(`handle${n}`, `text ${n}`),
    (n) => watch.noteDropped([`call ${n}`]),
  ];
  const work = async (from: number, count: number) => {
    for (let n = from; n < from + count; n++) {
      steps[n % steps.length]?.(n);
      if (n % 100 === 0) await semaphores.run(`session${n % 20_000}`, listener);
    }
  };
  // The bounds are filled first: what is measured is whether anything grows beyond them.
  await work(0, 500_000);
  const before = liveHeapBytes();
  const startedMs = performance.now();
  await work(500_000, operations);
  const seconds = (performance.now() - startedMs) / 1_000;
  const grown = liveHeapBytes() - before;
  await life.close();
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  process.stdout.write(
    `${operations} operations over 12 bounded parts in ${seconds.toFixed(1)} s: heap grew by ${formatMegabytes(grown)} beyond the filled bounds; after close ${timers} timers, heap ${formatMegabytes(liveHeapBytes() - before)} against the filled bounds\n\n`,
  );
}
