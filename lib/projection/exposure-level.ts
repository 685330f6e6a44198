/** A day counts half as much as one that is this many days younger. Ours is 10; the others must earn their say. */
export const halfLivesDays = [3, 10, 30] as const;

/** How many days ahead the half-lives are tried on the past, and from which day on. */
const trialDays = 7;
const trialsAfterDays = 7;
/** Trials, too, age: a month old counts half. */
const trialDecay = 0.5 ** (1 / 30);
/** How strictly the half-lives are judged: an error larger by 5 % of the level weighs 1/e. */
const strictness = 20;

export type Exposure = {
  readonly amount: number;
  /** The weekday's factor, times the share of the day that has passed. */
  readonly exposure: number;
};

/**
 * The spend of an average day just now; the last of `days` is the youngest. For one half-life H it is
 * sum(w * amount) / sum(w * exposure) with w = 0.5 ** (age / H): a quotient of sums and not a mean of
 * quotients, so that a Sunday of nothing does no harm. The levels of H = 3, 10 and 30 days are averaged with
 * weights exp(-20 * (error - least error) / level), where error is how far each was off, on average a day,
 * over the seven days after each past day (younger trials count more). Before there are 14 days all three
 * weigh the same. 0 for no days.
 */
export function exposureLevel(days: readonly Exposure[]): number {
  const trials = halfLivesDays.map((halfLife) => tryHalfLife(days, halfLife));
  const middle = trials[1]?.level ?? 0;
  if (middle === 0) return 0;
  const least = Math.min(...trials.map((trial) => trial.error));
  let sum = 0;
  let weights = 0;
  for (const { level, error } of trials) {
    const weight = Math.exp((-strictness * (error - least)) / middle);
    sum += weight * level;
    weights += weight;
  }
  return sum / weights;
}

type Trial = { readonly level: number; readonly error: number };

function tryHalfLife(days: readonly Exposure[], halfLifeDays: number): Trial {
  const decay = 0.5 ** (1 / halfLifeDays);
  let amounts = 0;
  let exposures = 0;
  let missed = 0;
  let tried = 0;
  const ahead = slidingSums(days);
  for (const [index, { amount, exposure }] of days.entries()) {
    amounts = amounts * decay + amount;
    exposures = exposures * decay + exposure;
    const next = ahead[index];
    if (next === undefined || index + 1 < trialsAfterDays || exposures === 0) continue;
    const expected = (amounts / exposures) * next.exposure;
    missed = missed * trialDecay + Math.abs(expected - next.amount);
    tried = tried * trialDecay + next.exposure;
  }
  return { level: exposures === 0 ? 0 : amounts / exposures, error: tried === 0 ? 0 : missed / tried };
}

/** Of each day that has them all, the sums of the seven days after it. */
function slidingSums(days: readonly Exposure[]): readonly Exposure[] {
  const sums: Exposure[] = [];
  let amount = 0;
  let exposure = 0;
  for (const [index, day] of days.entries()) {
    amount += day.amount;
    exposure += day.exposure;
    if (index >= trialDays) {
      const gone = days[index - trialDays];
      amount -= gone?.amount ?? 0;
      exposure -= gone?.exposure ?? 0;
      sums.push({ amount, exposure });
    }
  }
  return sums;
}
