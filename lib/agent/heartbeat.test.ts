import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';
import type { TrackedEvent } from './usage-client-options.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Heartbeat', () => {
  test('beats at once and then at its interval, with its own and the process gauges', () => {
    const events: TrackedEvent[] = [];
    const heart = new Heartbeat({
      track: (event) => events.push(event),
      agent: 'bot',
      gauges: () => ({ queueDepth: 3, broken: Number.NaN }),
    });
    vi.advanceTimersByTime(60_000);
    expect(events).toHaveLength(3);
    const [first] = events;
    expect(first).toMatchObject({
      type: 'heartbeat',
      agent: 'bot',
      gauges: { queueDepth: 3, heapBytes: expect.any(Number) },
    });
    expect(first).not.toHaveProperty('gauges.broken');
    heart.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('gauges that throw cost no beat', () => {
    const events: TrackedEvent[] = [];
    const heart = new Heartbeat({
      track: (event) => events.push(event),
      gauges: () => {
        throw new Error('no');
      },
    });
    expect(events).toHaveLength(1);
    heart.close();
  });

  test('a crash is reported, and the monitor goes at close', () => {
    const events: TrackedEvent[] = [];
    const before = process.listenerCount('uncaughtExceptionMonitor');
    const heart = new Heartbeat({ track: (event) => events.push(event) });
    (process as NodeJS.EventEmitter).emit(
      'uncaughtExceptionMonitor',
      new Error('lost'),
      'unhandledRejection',
    );
    expect(events.at(-1)).toMatchObject({
      type: 'operation',
      name: 'unhandled rejection',
      status: 'error',
      attributes: { failure: 'Error: lost' },
    });
    heart.close();
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before);
  });
});
