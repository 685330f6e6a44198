import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OperationNote } from './agent-event.ts';
import { estimateTextTokens } from './estimate-text-tokens.ts';
import { Lifecycle } from './lifecycle.ts';
import { queryClass } from './query-class.ts';
import { agentStates, impulseQueue, pendingResponses, threadCache, typingThrottle } from './state-presets.ts';
import { type TimedOperation, timeOperation } from './time-operation.ts';
import { TokenEstimate } from './token-estimate.ts';
import { warmUp } from './warm-up.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const hourMs = 3_600_000;

describe('timeOperation', () => {
  test.each([
    [999, 'fast', 'debug'],
    [1_000, 'moderate', 'info'],
    [5_000, 'moderate', 'info'],
    [5_001, 'slow', 'warn'],
  ])('%s ms is %s, told as %s', async (ms, speed, level) => {
    const told: TimedOperation[] = [];
    const timed = timeOperation('answer', () => pass(ms), { log: (operation) => told.push(operation) });
    await vi.advanceTimersByTimeAsync(ms);
    await timed;
    expect(told).toEqual([{ name: 'answer', durationMs: ms, speed, level, failed: false }]);
  });

  test('a failure is told and handed on', async () => {
    const notes: OperationNote[] = [];
    const failing = () => Promise.reject(new Error('no'));
    await expect(timeOperation('x', failing, { onOperation: (note) => notes.push(note) })).rejects.toThrow(
      'no',
    );
    expect(notes).toEqual([{ name: 'x', kind: 'other', durationMs: 0, status: 'error' }]);
  });
});

test('queries are classed by what the model reads', () => {
  expect([0, 1_999, 2_000, 5_000, 5_001].map(queryClass)).toEqual([
    'simple',
    'simple',
    'medium',
    'medium',
    'complex',
  ]);
});

describe('warmUp', () => {
  test('opens all at once, reports each, and gives up on what hangs', async () => {
    const asked: string[] = [];
    const fake: typeof fetch = async (url, init) => {
      asked.push(`${init?.method} ${String(url)}`);
      if (String(url).includes('down')) throw new Error('refused');
      return new Response(null, { status: 404 });
    };
    const hang = { name: 'database', open: () => new Promise(() => {}) };
    const opening = warmUp(['https://api.example', 'https://down.example', hang], {
      fetch: fake,
      timeoutMs: 500,
    });
    await vi.advanceTimersByTimeAsync(500);
    expect((await opening).map(({ name, ok, failure }) => [name, ok, failure])).toEqual([
      ['https://api.example', true, null],
      ['https://down.example', false, 'refused'],
      ['database', false, 'not open after 500 ms'],
    ]);
    expect(asked).toEqual(['HEAD https://api.example', 'HEAD https://down.example']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('Lifecycle', () => {
  test('stops the last first, goes on after a failure, and does it once', async () => {
    const order: string[] = [];
    const life = new Lifecycle();
    life.add('store', { close: () => order.push('store') });
    life.add('broken', { close: () => Promise.reject(new Error('stuck')) });
    life.add('client', { close: () => order.push('client') });
    const failures = await life.close();
    await life.close();
    expect(order).toEqual(['client', 'store']);
    expect(failures).toEqual([{ name: 'broken', error: new Error('stuck') }]);
    life.add('late', { close: () => order.push('late') });
    expect(order.at(-1)).toBe('late');
  });
});

describe('presets', () => {
  test('an answered response goes after an hour, a pending one after a day, and empty agents are forgotten', () => {
    const pending = pendingResponses<string>();
    pending.of('bot').set('q1', 'open').set('q2', 'answered');
    pending.of('bot').settle('q2');
    vi.advanceTimersByTime(hourMs + 300_000);
    expect([pending.of('bot').has('q1'), pending.of('bot').has('q2')]).toEqual([true, false]);
    vi.advanceTimersByTime(24 * hourMs);
    expect(pending.report()).toEqual({ groups: 0, entries: 0 });
    pending.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('executed impulses go first, at 50 an agent', () => {
    const impulses = impulseQueue<{ readonly name: string; readonly isExecuted: boolean }>();
    const queue = impulses.of('bot');
    for (let index = 0; index < 50; index++) queue.push({ name: `i${index}`, isExecuted: index === 20 });
    queue.push({ name: 'new', isExecuted: false });
    expect(queue.takeMany(60).map(({ name }) => name)).toEqual([
      ...Array.from({ length: 50 }, (_, index) => `i${index}`).filter((name) => name !== 'i20'),
      'new',
    ]);
    impulses.close();
  });

  test('threads live 5 minutes, typing marks 30 s, agent states an hour after their last use', () => {
    const [threads, typing, states] = [threadCache<number>(), typingThrottle(), agentStates<number>()];
    threads.set('c', 1);
    typing.set('c', 1);
    states.set('a', 1);
    vi.advanceTimersByTime(31_000);
    expect([threads.has('c'), typing.has('c')]).toEqual([true, false]);
    for (let minute = 0; minute < 90; minute++) {
      vi.advanceTimersByTime(60_000);
      states.get('a');
    }
    expect([threads.size, states.has('a')]).toEqual([0, true]);
    for (const part of [threads, typing, states]) part.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('token estimates', () => {
  test.each([
    ['English prose', 'The quick brown fox jumps over the lazy dog. '.repeat(100), 1_001, 0.2],
    ['base64', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'.repeat(100), 3_000, 0.2],
  ])('%s', (_, text, tokens, share) => {
    expect(Math.abs(estimateTextTokens(text) / tokens - 1)).toBeLessThan(share);
  });

  test('learn from the model, within bounds', () => {
    const estimate = new TokenEstimate();
    for (let index = 0; index < 30; index++) estimate.learn({ estimated: 100, reported: 140 });
    expect(estimate.factor).toBeCloseTo(1.4, 2);
    for (let index = 0; index < 50; index++) estimate.learn({ estimated: 100, reported: 90_000 });
    expect(estimate.factor).toBeLessThanOrEqual(2);
    estimate.learn({ estimated: 0, reported: 5 });
    expect(estimate.factor).toBeGreaterThan(1.9);
  });
});
