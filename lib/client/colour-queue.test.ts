import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ColourWorker, openColourQueue } from './colour-queue.ts';
import type { ColourRequest } from './colour-worker.ts';

type StandIn = ColourWorker & { readonly sent: ColourRequest[]; isEnded: boolean };

let workers: StandIn[];

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  return openColourQueue({
    idleMs: 30_000,
    patienceMs: 10_000,
    openWorker: () => {
      const worker: StandIn = {
        sent: [],
        isEnded: false,
        onmessage: null,
        onerror: null,
        postMessage: (request) => void worker.sent.push(request),
        terminate: () => {
          worker.isEnded = true;
        },
      };
      workers.push(worker);
      return worker;
    },
  });
}

function answer(): void {
  const worker = workers[workers.length - 1];
  const text = worker?.sent[worker.sent.length - 1]?.text ?? '';
  const lines = [[{ at: 0, text, name: 'keyword' }]];
  worker?.onmessage?.(new MessageEvent('message', { data: { lines } }));
}

const ask = (queue: ReturnType<typeof open>, text: string, abort = new AbortController()) => ({
  lines: queue.colour({ text, language: 'typescript', signal: abort.signal }),
  abort,
});
const sent = () => workers.flatMap((worker) => worker.sent.map(({ text }) => text));

test('one text is coloured at a time, the one asked last before those that wait', async () => {
  const queue = open();
  const asked = ['a', 'b', 'c'].map((text) => ask(queue, text));
  expect(sent()).toEqual(['a']);
  answer();
  expect(sent()).toEqual(['a', 'c']);
  answer();
  answer();
  expect(sent()).toEqual(['a', 'c', 'b']);
  const found = await Promise.all(asked.map(({ lines }) => lines));
  expect(found.map((lines) => lines?.[0]?.[0]?.text)).toEqual(['a', 'b', 'c']);
  expect(workers).toHaveLength(1);
});

test('what left the screen is not coloured any more', async () => {
  const queue = open();
  ask(queue, 'a');
  const left = ask(queue, 'b');
  left.abort.abort();
  answer();
  expect(await left.lines).toBeNull();
  expect(sent()).toEqual(['a']);
});

test('no more wait than fit on a screen: the one that waits for longest stays plain', async () => {
  const queue = open();
  ask(queue, 'first');
  const oldest = ask(queue, 'oldest');
  for (let index = 0; index < 100; index++) ask(queue, `text ${index}`);
  expect(queue.waiting).toBe(24);
  expect(await oldest.lines).toBeNull();
});

test('the worker is ended once it has been idle, and opened again', async () => {
  const queue = open();
  ask(queue, 'a');
  answer();
  vi.advanceTimersByTime(29_000);
  ask(queue, 'b');
  vi.advanceTimersByTime(2_000);
  expect(workers[0]?.isEnded).toBe(false);
  answer();
  vi.advanceTimersByTime(31_000);
  expect(workers[0]?.isEnded).toBe(true);
  ask(queue, 'c');
  expect(workers).toHaveLength(2);
});

test('a worker that fails or hangs is replaced, and its text stays plain', async () => {
  const queue = open();
  const hanging = ask(queue, 'a');
  const next = ask(queue, 'b');
  vi.advanceTimersByTime(10_001);
  expect(await hanging.lines).toBeNull();
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  workers[1]?.onerror?.(new Event('error') as ErrorEvent);
  expect(await next.lines).toBeNull();
  expect(workers[1]?.isEnded).toBe(true);
});
