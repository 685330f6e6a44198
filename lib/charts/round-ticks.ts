const stepsMax = 5;

/**
 * Round marks from 0 up to `max`, at most five steps of 1, 2 or 5 times a power of ten: what a person would
 * write on an axis. `max` is above 0.
 */
export function roundTicks(max: number): readonly number[] {
  const rough = max / stepsMax;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => index * step);
}
