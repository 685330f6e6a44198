import { Money } from '#components/ui/money.tsx';

type SpendProps = {
  /** A decimal string. */
  readonly costUsd: string;
  /** Tokens of calls without a known price, which the cost leaves out. */
  readonly unpricedTokens: number;
};

/** What was spent. "$0.00" would call a model free whose price is only not known. */
export function Spend({ costUsd, unpricedTokens }: SpendProps) {
  if (unpricedTokens > 0 && Number(costUsd) === 0) return <span className="text-muted">no price</span>;
  return <Money usd={costUsd} />;
}
