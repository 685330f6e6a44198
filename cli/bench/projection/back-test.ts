import { quantile } from '../quantile.ts';
import {
  type Forecast,
  type ForecastInput,
  forecastOurs,
  forecastRest,
  type Method,
  methods,
  sum,
} from './forecast-month.ts';
import { makeSeries, type Regime, regimes, type SpendSeries } from './make-series.ts';
import type { Outcome } from './score.ts';

export const originDays = [7, 14, 21] as const;
export type OriginDay = (typeof originDays)[number];

export type Result = Outcome & {
  readonly regime: Regime;
  readonly method: Method;
  readonly day: OriginDay;
};

type Simple = Exclude<Method, 'ours'>;
const simpleMethods = methods.filter((method): method is Simple => method !== 'ours');
const dayMs = 86_400_000;
const simpleSeedsPerRegime = 100;

/**
 * Foretells each series on days 7, 14 and 21 of its month. Simple methods know no band: they get the one that
 * is best for this population, the quantiles of (what came / what was expected) on other seeds.
 */
export function backTest({
  seed,
  perRegime,
}: {
  readonly seed: number;
  readonly perRegime: number;
}): readonly Result[] {
  const bands = bandsOfSimpleMethods(seed + 1_000_000);
  return makeAll(seed, perRegime).flatMap((series) =>
    originDays.flatMap((day) => {
      const { input, spent, actual } = askOn(series, day);
      const ours = forecastOurs(input);
      const simple = simpleMethods.map((method) => {
        const rest = forecastRest(method, input);
        const band = bands.get(`${method} ${day}`) ?? { p10: 1, p90: 1 };
        const forecast: Forecast = {
          p10: spent + rest * band.p10,
          p50: spent + rest,
          p90: spent + rest * band.p90,
        };
        return { method, forecast };
      });
      const all = ours === null ? simple : [{ method: 'ours' as const, forecast: ours }, ...simple];
      return all.map((result) => ({ ...result, regime: series.regime, day, actual }));
    }),
  );
}

function makeAll(seed: number, perRegime: number): readonly SpendSeries[] {
  return regimes.flatMap((regime, index) =>
    Array.from({ length: perRegime }, (_, number) => makeSeries(regime, seed + index * 10_007 + number)),
  );
}

function askOn(series: SpendSeries, day: OriginDay) {
  const { amounts, historyDays, monthDays, monthMs } = series;
  const known = amounts.slice(0, historyDays + day);
  const input: ForecastInput = {
    known,
    elapsedDays: day,
    windowDays: monthDays,
    nowMs: monthMs + day * dayMs,
  };
  return { input, spent: sum(known.slice(-day)), actual: sum(amounts.slice(historyDays)) };
}

function bandsOfSimpleMethods(
  seed: number,
): ReadonlyMap<string, { readonly p10: number; readonly p90: number }> {
  const ratios = new Map<string, number[]>();
  for (const series of makeAll(seed, simpleSeedsPerRegime)) {
    for (const day of originDays) {
      const { input, spent, actual } = askOn(series, day);
      for (const method of simpleMethods) {
        const rest = forecastRest(method, input);
        const key = `${method} ${day}`;
        const known = ratios.get(key) ?? [];
        if (rest > 0) known.push((actual - spent) / rest);
        ratios.set(key, known);
      }
    }
  }
  return new Map(
    [...ratios].map(([key, known]) => [key, { p10: quantile(known, 0.1), p90: quantile(known, 0.9) }]),
  );
}
