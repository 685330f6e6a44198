import { seededRandom } from '#lib/projection/seeded-random.ts';

export const regimes = ['stable', 'weekday-shaped', 'growing', 'level shift', 'bursty', 'sparse'] as const;
export type Regime = (typeof regimes)[number];

const dayMs = 86_400_000;
const historyChoices = [14, 30, 60, 90];
const meanUsd = 20;

export type SpendSeries = {
  readonly regime: Regime;
  /** The first instant of the month that is to be foretold, in UTC. */
  readonly monthMs: number;
  readonly monthDays: number;
  /** Days before the month. */
  readonly historyDays: number;
  /** USD of each day, history and month. */
  readonly amounts: readonly number[];
};

/**
 * Made spend: 14, 30, 60 or 90 days of history and a calendar month. Each day is 20 USD times noise of 20 to
 * 40 %, and by regime: weekends at 5 to 45 %; growth of 0.3 to 2 % a day; one step up to 1.6 to 3 times or down
 * to 0.3 to 0.6, anywhere from two weeks before the month to its end; one day in ten 4 to 12 times as dear; or
 * nothing on 50 to 80 % of days.
 */
export function makeSeries(regime: Regime, seed: number): SpendSeries {
  const random = seededRandom(seed);
  const historyDays = historyChoices[Math.floor(random() * historyChoices.length)] ?? 30;
  const month = Math.floor(random() * 12);
  const monthMs = Date.UTC(2025, month, 1);
  const monthDays = (Date.UTC(2025, month + 1, 1) - monthMs) / dayMs;
  const firstWeekday = new Date(monthMs - historyDays * dayMs).getUTCDay();
  const shape = shapeOf(regime, { random, historyDays, monthDays });
  const noise = 0.2 + 0.2 * random();
  const amounts = Array.from({ length: historyDays + monthDays }, (_, day) => {
    const factor = Math.exp(normal(random) * noise - (noise * noise) / 2);
    return meanUsd * factor * shape(day, (firstWeekday + day) % 7);
  });
  return { regime, monthMs, monthDays, historyDays, amounts };
}

type Shape = (day: number, weekday: number) => number;
type ShapeInput = {
  readonly random: () => number;
  readonly historyDays: number;
  readonly monthDays: number;
};

function shapeOf(regime: Regime, { random, historyDays, monthDays }: ShapeInput): Shape {
  switch (regime) {
    case 'stable':
      return () => 1;
    case 'weekday-shaped': {
      const weekend = 0.05 + 0.4 * random();
      return (_, weekday) => (weekday === 0 || weekday === 6 ? weekend : 1.2);
    }
    case 'growing': {
      const aDay = 0.003 + 0.017 * random();
      return (day) => Math.exp(aDay * (day - historyDays));
    }
    case 'level shift': {
      const from = historyDays - 14 + Math.floor(random() * (monthDays + 14));
      const to = random() < 0.5 ? 1.6 + 1.4 * random() : 0.3 + 0.3 * random();
      return (day) => (day < from ? 1 : to);
    }
    case 'bursty':
      return () => (random() < 0.1 ? 4 + 8 * random() : 0.6);
    case 'sparse': {
      const active = 0.2 + 0.3 * random();
      return () => (random() < active ? 1 / active : 0);
    }
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
