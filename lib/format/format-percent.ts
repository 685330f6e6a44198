/**
 * A share for eyes: 0.372 is "37 %". Under 10 % one decimal is kept; what is above 0 but rounds to nothing is
 * "< 0.1 %", because "0 %" would deny it; and what is below 1 is never "100 %".
 */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  if (percent < 9.95) return `${percent.toFixed(1)} %`;
  if (share < 1 && percent >= 99.5)
    return percent > 99.9 ? '> 99.9 %' : `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
  return `${Math.round(percent).toLocaleString('en-US')} %`;
}
