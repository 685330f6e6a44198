import type { AgentUptime } from './operations-report.ts';

const slotMs = 300_000;
const quarters = 96;
const slotsADay = 288;

/**
 * Uptime from the slots in which an agent was heard. What lies before its first heartbeat of the month does
 * not count, and neither does the slot that is not over yet, unless it was heard in it.
 */
export function toAgentUptime(
  heard: {
    readonly agent: string;
    /** Since the epoch, as all slots here. */
    readonly firstSlot: number;
    readonly lastSeen: Date;
    readonly slotsUp: readonly [number, number, number];
    readonly daySlots: readonly number[];
    readonly gauges: unknown;
  },
  nowMs: number,
): AgentUptime {
  const nowSlot = Math.floor(nowMs / slotMs);
  const { firstSlot } = heard;
  const up = new Set(heard.daySlots);
  const shareOf = (days: number, slotsUp: number) => {
    const possible = Math.min(days * slotsADay, nowSlot - firstSlot + 1) - (up.has(nowSlot) ? 0 : 1);
    return possible <= 0 ? 1 : Math.min(1, slotsUp / possible);
  };
  const [day, week, month] = heard.slotsUp;
  return {
    agent: heard.agent,
    lastSeen: heard.lastSeen.toISOString(),
    uptime: { day: shareOf(1, day), week: shareOf(7, week), month: shareOf(30, month) },
    strip: stripOf({ up, firstSlot, nowSlot }),
    gauges: toGauges(heard.gauges),
  };
}

function stripOf(input: {
  readonly up: ReadonlySet<number>;
  readonly firstSlot: number;
  readonly nowSlot: number;
}): string {
  const start = input.nowSlot - quarters * 3 + 1;
  return Array.from({ length: quarters }, (_, quarter) => {
    const slots = [0, 1, 2].map((offset) => start + quarter * 3 + offset);
    if ((slots[2] ?? 0) < input.firstSlot) return '-';
    return String(slots.filter((slot) => input.up.has(slot)).length);
  }).join('');
}

function toGauges(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, gauge]) => typeof gauge === 'number'));
}
