export type Scale = { readonly from: number; readonly suffix: string };

/**
 * A number in the largest of the scales (ascending) that keeps it at 1 or more after rounding, with one decimal
 * below 100 and none above: 1.2 M, 54.7 k, 396 KB. Half rounds away from zero. English, whatever the locale.
 */
export function formatScaled(value: number, scales: readonly Scale[]): string {
  const magnitude = Math.abs(value);
  const fitting = scales.findLastIndex((scale) => magnitude >= scale.from);
  const scale = scales[Math.max(fitting, 0)] ?? { from: 1, suffix: '' };
  const next = scales[fitting + 1];
  const rounded = roundShort(magnitude / scale.from);
  // 999,950 would read 1,000 k.
  if (next !== undefined && rounded * scale.from >= next.from)
    return formatScaled(Math.sign(value) * next.from, scales);
  const digits = rounded < 100 && scale.from > 1 ? 1 : 0;
  const text = (digits === 1 ? oneDecimal : noDecimal).format(rounded);
  return `${value < 0 && rounded > 0 ? '-' : ''}${text}${scale.suffix}`;
}

/** Made once: to make one costs a hundred times what using it does. */
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const noDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function roundShort(magnitude: number): number {
  const tenths = Math.round(magnitude * 10) / 10;
  return tenths < 100 ? tenths : Math.round(magnitude);
}
