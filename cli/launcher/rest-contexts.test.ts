import { AsyncLocalStorage } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repositoryRoot } from './repository-root.mjs';
import { hooksPromises, restContexts } from './rest-contexts.mjs';

const quietMs = 2_000;
const contexts = restContexts({ quietMs });
const storage = new AsyncLocalStorage<string>();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What work that began in a page sees once it is told to go on. */
function beginWork(): () => Promise<string | undefined> {
  let goOn = () => {};
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const seen = storage.run('the page', async () => {
    await told;
    return storage.getStore();
  });
  return () => {
    goOn();
    return seen;
  };
}

test('a page sees its storage however long it takes, also beside others that end', async () => {
  const leave = contexts.enter();
  const seen = beginWork();
  contexts.enter()();
  vi.advanceTimersByTime(quietMs * 10);
  expect(await seen()).toBe('the page');
  leave();
});

test('what a page left to be done sees it until nobody has asked for a page in a while', async () => {
  const [soon, late] = [contexts.enter(), contexts.enter()].map((leave) => {
    const seen = beginWork();
    leave();
    return seen;
  });
  vi.advanceTimersByTime(quietMs - 1);
  expect(await soon?.()).toBe('the page');
  vi.advanceTimersByTime(1);
  expect(await late?.()).toBe(hooksPromises ? undefined : 'the page');
});

test('the next page after a rest has its storage again', async () => {
  contexts.enter()();
  vi.advanceTimersByTime(quietMs);
  const leave = contexts.enter();
  expect(await beginWork()()).toBe('the page');
  leave();
});

test('nothing hooks the promises of a process at rest', async () => {
  // A process of its own, because the test runner has storages too.
  const script = `
    import { AsyncLocalStorage } from 'node:async_hooks';
    import { hooksPromises, restContexts } from './cli/launcher/rest-contexts.mjs';
    const isHooked = () => Object.getOwnPropertySymbols(Promise.resolve()).length > 0;
    const leave = restContexts({ quietMs: 0 }).enter();
    new AsyncLocalStorage().run('the page', () => {});
    const before = isHooked();
    leave();
    setTimeout(() => console.log(JSON.stringify({ before, after: isHooked() })), 5);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: repositoryRoot,
  });
  expect(JSON.parse(stdout)).toEqual({ before: hooksPromises, after: false });
});
