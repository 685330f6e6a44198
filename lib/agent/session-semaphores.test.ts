import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OperationNote } from './agent-event.ts';
import { SessionSemaphores } from './session-semaphores.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('SessionSemaphores', () => {
  test('one run of a session at a time, in the order of asking, while other sessions go on', async () => {
    const semaphores = new SessionSemaphores();
    const log: string[] = [];
    const run = (session: string, name: string) =>
      semaphores.run(session, async () => {
        log.push(`${name} begins`);
        await pass(100);
        log.push(`${name} ends`);
      });
    const all = Promise.all([run('a', 'a1'), run('a', 'a2'), run('a', 'a3'), run('b', 'b1')]);
    await vi.advanceTimersByTimeAsync(150);
    expect(log).toEqual(['a1 begins', 'b1 begins', 'a1 ends', 'a2 begins', 'b1 ends']);
    await vi.advanceTimersByTimeAsync(200);
    await all;
    expect(log.slice(-3)).toEqual(['a2 ends', 'a3 begins', 'a3 ends']);
  });

  test('1,000 sessions at once do not wait for each other', async () => {
    const semaphores = new SessionSemaphores();
    let running = 0;
    const runs = Array.from({ length: 1_000 }, (_, index) =>
      semaphores.run(`s${index}`, async () => {
        running++;
        await pass(50);
      }),
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(running).toBe(1_000);
    await vi.advanceTimersByTimeAsync(50);
    await Promise.all(runs);
  });

  test('a failed run gives its turn on, and a wait is told', async () => {
    const notes: OperationNote[] = [];
    const semaphores = new SessionSemaphores({ onOperation: (note) => notes.push(note) });
    const failed = semaphores.run('a', async () => {
      await pass(30);
      throw new Error('crashed');
    });
    const next = semaphores.run('a', () => 'its turn');
    const both = Promise.allSettled([failed, next]);
    await vi.advanceTimersByTimeAsync(30);
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(notes).toEqual([
      { name: 'wait for the session', kind: 'semaphore', durationMs: 30, session: 'a' },
    ]);
  });

  test('an aborted wait leaves the queue, and the next one moves up', async () => {
    const semaphores = new SessionSemaphores();
    const stop = new AbortController();
    const first = semaphores.run('a', () => pass(50));
    const aborted = semaphores.run('a', () => 'never', { signal: stop.signal });
    const last = semaphores.run('a', () => 'last');
    stop.abort(new Error('the user left'));
    await expect(aborted).rejects.toThrow('the user left');
    expect(semaphores.report()).toMatchObject({ running: 1, waiting: 1 });
    await vi.advanceTimersByTimeAsync(50);
    expect(await last).toBe('last');
    await first;
  });

  test('one run too many is refused, and close refuses those that wait', async () => {
    const semaphores = new SessionSemaphores({ waitersMax: 1 });
    const first = semaphores.run('a', () => pass(50));
    const second = semaphores.run('a', () => 'never');
    await expect(semaphores.run('a', () => 'never')).rejects.toThrow('refused, 1 runs wait for this session');
    const refused = expect(second).rejects.toThrow('closed while waiting');
    semaphores.close();
    await refused;
    await vi.advanceTimersByTimeAsync(50);
    await first;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('idle sessions are forgotten after 300 s, busy ones are not', async () => {
    const semaphores = new SessionSemaphores();
    await semaphores.run('idle', () => 1);
    const busy = semaphores.run('busy', () => pass(700_000));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(semaphores.report()).toMatchObject({ sessions: 1, running: 1 });
    await vi.advanceTimersByTimeAsync(100_000);
    await busy;
  });
});
