import { dayResiduals } from './day-residuals.ts';
import { type Exposure, exposureLevel, halfLivesDays } from './exposure-level.ts';
import { levelShift } from './level-shift.ts';
import { originRatios, toExposures } from './origin-ratios.ts';
import { type DaySeries, weekdayFactors } from './weekday-factors.ts';

export type ForecastStep = {
  readonly weekday: number;
  /** How much of that day's spend falls into the step: 1 for a whole day. */
  readonly share: number;
};

export type Band = { readonly p10: number; readonly p50: number; readonly p90: number };

export type ForecastQuestion = {
  readonly series: DaySeries;
  /** The day that is not over: its spend so far, and the share of a day's spend that is usual by now. */
  readonly today: { readonly amount: number; readonly weekday: number; readonly share: number } | null;
  readonly steps: readonly ForecastStep[];
  readonly random: () => number;
  readonly samples?: number;
};

export const samplesDefault = 400;
/** The share of samples from own errors goes to `errorShareMax`, half of it at 14 origins. */
const errorShareMax = 0.5;
const errorHalfOrigins = 14;
/** Days are drawn in runs of 3 on average, as good and bad days come. */
const runDays = 3;
/** Levels wander: about 3 % in a day, with the root of time. */
const driftPerDay = 0.03;
/** What a bootstrap leaves out of a band; chosen on other seeds than `bench:projection` prints. */
const widening = 1.3;
/** After a step in the level so many of the bootstrap's samples believe in it. */
const shiftedShare = 0.5;
/** Days that the level's own uncertainty is drawn from; older ones weigh nothing. */
const levelDaysMax = 40;

/**
 * The spend from now to the end of each step, added up, as a band. Samples are of two kinds. Bootstrap: level *
 * its own error * drift * sum(factor * share * residual), residuals drawn in runs; where the level has made a
 * step (`levelShift`), half of them from the level since. Own errors: the
 * expected sum * what became of an earlier forecast over the same days. P10 and P90 are then moved away from
 * P50 by 1.3 (`widening`), and never below 0.
 */
export function forecastSteps(question: ForecastQuestion): readonly Band[] {
  const { series, steps } = question;
  const factors = weekdayFactors(series);
  const days = toExposures(series, factors);
  const seen = question.today === null ? days : [...days, toExposure(question.today, factors)];
  const level = exposureLevel(seen);
  const residuals = dayResiduals(days);
  const exposures = steps.map(({ weekday, share }) => (factors[weekday] ?? 1) * share);
  const shift = levelShift(seen, { level, residuals });
  const draw = { ...question, level, shift, exposures, days, residuals };
  const paths = samplePaths(draw);
  return toBands(paths, steps.length);
}

function toExposure(
  today: { readonly amount: number; readonly weekday: number; readonly share: number },
  factors: readonly number[],
): Exposure {
  return { amount: today.amount, exposure: (factors[today.weekday] ?? 1) * today.share };
}

type Draw = ForecastQuestion & {
  readonly level: number;
  /** What the level is times, should a step in it be real. */
  readonly shift: number;
  readonly exposures: readonly number[];
  readonly days: readonly Exposure[];
  readonly residuals: readonly number[];
};

function samplePaths(draw: Draw): readonly (readonly number[])[] {
  const { random, samples = samplesDefault } = draw;
  const ratios = originRatios(draw.series, { horizonDays: draw.steps.length });
  const errorShare = (errorShareMax * ratios.length) / (ratios.length + errorHalfOrigins);
  return Array.from({ length: samples }, () => {
    if (random() >= errorShare) return bootstrapPath(draw);
    return errorPath(draw, ratios[Math.floor(random() * ratios.length)] ?? []);
  });
}

function bootstrapPath(draw: Draw): readonly number[] {
  const { random, exposures, residuals, shift } = draw;
  const level =
    (shift !== 1 && random() < shiftedShare ? shift : 1) *
    draw.level *
    levelError(draw) *
    Math.exp(driftPerDay * Math.sqrt(exposures.length) * normal(random));
  const next = drawRuns(residuals, random);
  let sum = 0;
  return exposures.map((exposure) => {
    sum += level * exposure * next();
    return sum;
  });
}

/** What the level would have been, relative to what it is, had the days before come out otherwise. */
function levelError({ days, residuals, random }: Draw): number {
  const decay = 0.5 ** (1 / halfLivesDays[1]);
  const next = drawRuns(residuals, random);
  let weight = 1;
  let amounts = 0;
  let exposures = 0;
  for (let age = 0; age < Math.min(days.length, levelDaysMax); age += 1) {
    const exposure = days[days.length - 1 - age]?.exposure ?? 1;
    amounts += weight * exposure * next();
    exposures += weight * exposure;
    weight *= decay;
  }
  return exposures === 0 ? 1 : amounts / exposures;
}

function errorPath({ level, exposures }: Draw, ratios: readonly number[]): readonly number[] {
  let expected = 0;
  let sum = 0;
  return exposures.map((exposure, index) => {
    expected += level * exposure;
    // The first step may be a part of a day, for which the ratio of a whole day can make the sum shrink.
    sum = Math.max(sum, expected * (ratios[index] ?? 1));
    return sum;
  });
}

function drawRuns(residuals: readonly number[], random: () => number): () => number {
  let index = Math.floor(random() * residuals.length);
  return () => {
    index = random() < 1 / runDays ? Math.floor(random() * residuals.length) : (index + 1) % residuals.length;
    return residuals[index] ?? 1;
  };
}

function toBands(paths: readonly (readonly number[])[], length: number): readonly Band[] {
  const low = { p10: 0, p50: 0, p90: 0 };
  return Array.from({ length }, (_, step) => {
    const sorted = Float64Array.from(paths, (path) => path[step] ?? 0).sort();
    const p50 = quantileOf(sorted, 0.5);
    // Sums only grow; widening must not turn them back.
    low.p10 = Math.max(low.p10, p50 - widening * (p50 - quantileOf(sorted, 0.1)));
    low.p50 = p50;
    low.p90 = Math.max(low.p90, p50 + widening * (quantileOf(sorted, 0.9) - p50));
    return { ...low };
  });
}

/** Between the two nearest ranks. */
function quantileOf(sorted: Float64Array, share: number): number {
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below + (rank - Math.floor(rank)) * (above - below);
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
