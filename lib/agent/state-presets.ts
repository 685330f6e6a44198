import { type AgentClock, systemClock } from './agent-clock.ts';
import { BoundedGroups } from './bounded-groups.ts';
import { BoundedMap } from './bounded-map.ts';
import { BoundedQueue } from './bounded-queue.ts';

/** Bounds for the state that bots were found to leak. Each takes a clock and has `close()`. */

type WithClock = { readonly clock?: AgentClock | undefined };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const groupsMax = 1_000;

/** Answers that are waited for: 1,000 an agent, a day; an hour after `settle` (answered). */
export function pendingResponses<V>({
  clock = systemClock,
}: WithClock = {}): BoundedGroups<BoundedMap<string, V>> {
  const make = () =>
    new BoundedMap<string, V>({ sizeMax: 1_000, ttlMs: 24 * hourMs, settledTtlMs: hourMs, clock });
  return new BoundedGroups({ make, groupsMax, sweepMs: 5 * minuteMs, clock });
}

/** Threads by channel: 100 channels, 5 minutes. */
export function threadCache<V>({ clock = systemClock }: WithClock = {}): BoundedMap<string, V> {
  return new BoundedMap({ sizeMax: 100, ttlMs: 5 * minuteMs, sweepMs: minuteMs, clock });
}

/** What an agent means to do: 50 an agent, a day. What was executed goes first. */
export function impulseQueue<V extends { readonly isExecuted?: boolean }>({
  clock = systemClock,
}: WithClock = {}): BoundedGroups<BoundedQueue<V>> {
  const make = () =>
    new BoundedQueue<V>({
      sizeMax: 50,
      ttlMs: 24 * hourMs,
      mayGo: (value) => value.isExecuted === true,
      clock,
    });
  return new BoundedGroups({ make, groupsMax, sweepMs: 5 * minuteMs, clock });
}

/** What was found for an interest: 10 an interest, an hour. */
export function interestResults<V>({
  clock = systemClock,
}: WithClock = {}): BoundedGroups<BoundedMap<string, V>> {
  const make = () => new BoundedMap<string, V>({ sizeMax: 10, ttlMs: hourMs, clock });
  return new BoundedGroups({ make, groupsMax, sweepMs: 5 * minuteMs, clock });
}

/** When "is typing" was last sent to a channel: 50 channels, swept every 30 s. */
export function typingThrottle({ clock = systemClock }: WithClock = {}): BoundedMap<string, number> {
  return new BoundedMap({ sizeMax: 50, ttlMs: 30_000, sweepMs: 30_000, clock });
}

/** Agents' states: each goes after an hour in which nobody asked for it. */
export function agentStates<V>({ clock = systemClock }: WithClock = {}): BoundedMap<string, V> {
  return new BoundedMap({
    sizeMax: groupsMax,
    ttlMs: hourMs,
    sweepMs: 5 * minuteMs,
    renewOnGet: true,
    clock,
  });
}
