import { formatTokens } from '#lib/format/format-tokens.ts';

/** Marks of an axis in USD, all with as many decimals as the step between them needs: $0, $50, $100; $0.50. */
export function usdTickLabels(ticks: readonly number[]): readonly string[] {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const decimals = step >= 1 ? 0 : Math.max(2, Math.ceil(-Math.log10(step) - 1e-9));
  return ticks.map((usd) => {
    const [whole = '', part] = usd.toFixed(decimals).split('.');
    const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
    return part === undefined || usd === 0 ? `$${grouped}` : `$${grouped}.${part}`;
  });
}

/** A mark of an axis in tokens: 50 k where an amount is 50.0 k. */
export function tokensTickLabel(tokens: number): string {
  return formatTokens(Math.round(tokens)).replace('.0 ', ' ');
}
