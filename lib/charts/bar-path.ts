type BarPath = {
  /** The place of each bar, from 0, and its lower and upper end. */
  readonly bars: readonly { readonly index: number; readonly from: number; readonly to: number }[];
  readonly axisMax: number;
  /** Space beside a bar, as a part of its place. */
  readonly gap: number;
};

/** All bars of one series as one path, one unit wide each, in a box of height 1000 whose 0 is at the bottom. */
export function barPath({ bars, axisMax, gap }: BarPath): string {
  return bars
    .filter(({ from, to }) => to > from)
    .map(({ index, from, to }) => {
      const top = heightOf(to, axisMax);
      const bottom = heightOf(from, axisMax);
      return `M${index + gap / 2} ${bottom}V${top}h${1 - gap}V${bottom}z`;
    })
    .join('');
}

function heightOf(value: number, axisMax: number): number {
  return Math.round((1 - value / axisMax) * 100_000) / 100;
}
