import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changedSessionsMax, everyChange, type ProjectChange } from '#lib/live/project-change.ts';
import { type LiveHub, openLiveHub } from './live-hub.ts';
import { readLiveNote, writeLiveNote } from './live-note.ts';
import { openLiveStreams } from './live-streams.ts';

let notes: { readonly atMs: number; readonly text: string }[];
let hub: LiveHub;

beforeEach(() => {
  vi.useFakeTimers();
  notes = [];
  hub = openLiveHub({
    origin: 'here',
    notify: async (text) => {
      notes.push({ atMs: performance.now(), text });
    },
    listen: () => ({ stop: async () => {} }),
    onError: () => {},
  });
});
afterEach(() => vi.useRealTimers());

test('a flood of changes is one note each 100 ms, and each names all that changed since', async () => {
  for (let index = 0; index < 100; index++) {
    hub.publish(1, { topics: ['usage'], sessions: [`s${index % 5}`] });
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(notes.length).toBeLessThanOrEqual(12);
  for (const [index, note] of notes.entries()) {
    if (index > 0) expect(note.atMs - (notes[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(100);
  }
  expect(readLiveNote(notes[2]?.text ?? '')?.changes).toEqual(
    new Map([[1, { topics: ['usage'], sessions: expect.arrayContaining(['s0', 's1', 's2', 's3', 's4']) }]]),
  );
});

test('a note fits into a notification of Postgres, however many projects and long names there are', () => {
  const long = Array.from({ length: changedSessionsMax }, (_, index) => `${index}`.padEnd(512, 'x'));
  const one = new Map([[1, { topics: ['usage'], sessions: long } satisfies ProjectChange]]);
  const written = writeLiveNote({ origin: 'o', changes: one });
  expect(Buffer.byteLength(written)).toBeLessThan(8_000);
  expect(readLiveNote(written)?.changes).toEqual(new Map([[1, { topics: ['usage'], sessions: 'many' }]]));
  const many = new Map(Array.from({ length: 2_000 }, (_, index) => [index, everyChange] as const));
  expect(readLiveNote(writeLiveNote({ origin: 'o', changes: many }))?.changes).toBe('all');
});

test.each(['', '{}', 'null', '{"origin":1,"changes":"all"}', '{"origin":"x","changes":[[1]]}'])(
  'a foreign note is no news: %s',
  (text) => expect(readLiveNote(text)).toBeNull(),
);

function openStream(session: string | null = null) {
  const streams = openLiveStreams(hub);
  const written: string[] = [];
  const sink = { isSlow: false, isEnded: false, drain: () => {}, close: () => {} };
  streams.open(
    { projectId: 1, session },
    {
      write: (text) => {
        written.push(text);
        return !sink.isSlow;
      },
      end: () => {
        sink.isEnded = true;
      },
      onDrain: (callback) => {
        sink.drain = callback;
      },
      onClose: (callback) => {
        sink.close = callback;
      },
    },
  );
  const changes = () =>
    written.flatMap((text) => (text.startsWith('event: change') ? [JSON.parse(text.slice(20))] : []));
  return { streams, sink, written, changes };
}

test('a stream first says that anything may have changed, then at most once a second what did', async () => {
  const { changes } = openStream();
  await vi.advanceTimersByTimeAsync(0);
  const topics = everyChange.topics.filter((topic) => topic !== 'drafts');
  expect(changes()).toEqual([{ topics, sessions: [] }]);
  for (let index = 0; index < 50; index++) {
    hub.publish(1, { topics: ['usage'], sessions: ['s'] });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(changes().length).toBeGreaterThanOrEqual(5);
  expect(changes().length).toBeLessThanOrEqual(6);
  expect(changes()[1]).toEqual({ topics: ['usage'], sessions: [] });
});

test('who follows a session hears of it within 200 ms', async () => {
  const { changes } = openStream('s');
  await vi.advanceTimersByTimeAsync(500);
  hub.publish(1, { topics: ['messages'], sessions: ['s', 't'] });
  await vi.advanceTimersByTimeAsync(200);
  expect(changes().at(-1)).toEqual({ topics: ['messages'], sessions: ['s'] });
});

test('nothing is written to a slow reader until it has caught up, then one change for all it missed', async () => {
  const { sink, written, changes } = openStream('s');
  sink.isSlow = true;
  await vi.advanceTimersByTimeAsync(1_000);
  hub.publish(1, { topics: ['usage'], sessions: ['s'] });
  await vi.advanceTimersByTimeAsync(200);
  const before = written.length;
  for (let index = 0; index < 30; index++) {
    hub.publish(1, { topics: ['messages'], sessions: ['s'] });
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(written).toHaveLength(before);
  sink.isSlow = false;
  sink.drain();
  expect(written).toHaveLength(before + 1);
  expect(changes().at(-1)).toEqual({ topics: ['messages'], sessions: ['s'] });
});

test('a silent stream beats every 20 s, ends after five minutes, and leaves nothing behind', async () => {
  const { streams, sink, written } = openStream();
  await vi.advanceTimersByTimeAsync(299_000);
  expect(written.filter((text) => text.startsWith(':'))).toHaveLength(14);
  expect(streams.count).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sink.isEnded).toBe(true);
  expect(streams.count).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('a reader that goes away is forgotten', async () => {
  const { streams, sink } = openStream();
  sink.close();
  expect(streams.count).toBe(0);
  expect(sink.isEnded).toBe(false);
});

test('closing ends all streams and refuses new ones', () => {
  const { streams, sink } = openStream();
  streams.close();
  expect(sink.isEnded).toBe(true);
  expect(() =>
    streams.open(
      { projectId: 1, session: null },
      { write: () => true, end: () => {}, onDrain: () => {}, onClose: () => {} },
    ),
  ).toThrow('ending');
});

test('past the bound a stream is refused', () => {
  const streams = openLiveStreams(hub);
  const sink = { write: () => true, end: () => {}, onDrain: () => {}, onClose: () => {} };
  for (let index = 0; index < 500; index++) streams.open({ projectId: 1, session: null }, sink);
  expect(() => streams.open({ projectId: 1, session: null }, sink)).toThrow('streams are open');
  streams.close();
});
