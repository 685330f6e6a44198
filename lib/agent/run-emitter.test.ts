import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RunEmitter } from './run-emitter.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('RunEmitter', () => {
  test('listeners hear their run only, until its end', () => {
    const emitter = new RunEmitter<string>();
    const heard: string[] = [];
    emitter.on('a', (event) => heard.push(event));
    expect([emitter.emit('a', 'one'), emitter.emit('b', 'two')]).toEqual([1, 0]);
    emitter.end('a');
    expect(emitter.emit('a', 'three')).toBe(0);
    expect(heard).toEqual(['one']);
    expect(emitter.report()).toMatchObject({ runs: 0, listeners: 0 });
  });

  test('a listener that throws reaches neither the run nor the others', () => {
    const told: unknown[] = [];
    const emitter = new RunEmitter<string>({
      onListenerError: (error, runId) => told.push([String(error), runId]),
    });
    const heard: string[] = [];
    emitter.on('a', () => {
      throw new Error('broken');
    });
    emitter.on('a', (event) => heard.push(event));
    expect(emitter.emit('a', 'one')).toBe(2);
    expect(heard).toEqual(['one']);
    expect(told).toEqual([['Error: broken', 'a']]);
  });

  test('a run that is silent for 10 minutes is abandoned, one that speaks is not', () => {
    const emitter = new RunEmitter<string>();
    emitter.on('crashed', () => {});
    emitter.on('alive', () => {});
    vi.advanceTimersByTime(400_000);
    emitter.emit('alive', 'tick');
    vi.advanceTimersByTime(500_000);
    expect(emitter.report()).toMatchObject({ runs: 1, abandoned: 1 });
  });

  test('runs and listeners are bounded, and a stopped listener leaves no run behind', () => {
    const emitter = new RunEmitter<string>({ runsMax: 2, listenersMax: 1 });
    const stop = emitter.on('a', () => {});
    emitter.on('a', () => {});
    expect(emitter.report()).toMatchObject({ listeners: 1, refused: 1 });
    stop();
    expect(emitter.report().runs).toBe(0);
    for (const run of ['b', 'c', 'd']) emitter.on(run, () => {});
    expect(emitter.report()).toMatchObject({ runs: 2, abandoned: 1 });
    emitter.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
