import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toastStore } from './toast-store.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const sentences = () => toastStore.read().map(({ sentence }) => sentence);

it('keeps three at most, the newest ones', () => {
  for (const sentence of ['a', 'b', 'c', 'd']) toastStore.show(sentence);
  expect(sentences()).toEqual(['b', 'c', 'd']);
});

it('lets each go after five seconds, or when it is dismissed, and tells who listens', () => {
  const listener = vi.fn();
  const stop = toastStore.subscribe(listener);
  toastStore.show('a');
  vi.advanceTimersByTime(3_000);
  toastStore.show('b');
  vi.advanceTimersByTime(2_000);
  expect(sentences()).toEqual(['b']);
  toastStore.dismiss(toastStore.read()[0]?.id ?? 0);
  expect(sentences()).toEqual([]);
  expect(listener).toHaveBeenCalledTimes(4);
  stop();
});
