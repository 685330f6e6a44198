import { expect, test } from 'vitest';
import { toAgentUptime } from './to-agent-uptime.ts';

const slotMs = 300_000;
const now = Date.parse('2026-11-21T12:02:00Z');
const nowSlot = Math.floor(now / slotMs);
const heard = (slots: readonly number[]) => ({
  agent: 'bot',
  firstSlot: slots[0] ?? 0,
  lastSeen: new Date((slots.at(-1) ?? 0) * slotMs),
  slotsUp: [slots.length, slots.length, slots.length] as const,
  daySlots: slots,
  gauges: { queueDepth: 2, odd: 'x' },
});

test('an agent that began an hour ago and beat in every slot was always up', () => {
  const uptime = toAgentUptime(heard(Array.from({ length: 12 }, (_, index) => nowSlot - 11 + index)), now);
  expect(uptime.uptime).toEqual({ day: 1, week: 1, month: 1 });
  expect(uptime.strip).toBe(`${'-'.repeat(92)}3333`);
  expect(uptime.gauges).toEqual({ queueDepth: 2 });
});

test('the slot that is not over yet is not held against it', () => {
  const slots = Array.from({ length: 12 }, (_, index) => nowSlot - 12 + index);
  expect(toAgentUptime(heard(slots), now).uptime.day).toBe(1);
});

test('silence counts from the first heartbeat on', () => {
  const { uptime, strip } = toAgentUptime(heard([nowSlot - 5, nowSlot]), now);
  expect(uptime.day).toBeCloseTo(2 / 6);
  expect(strip.endsWith('-11')).toBe(true);
});
