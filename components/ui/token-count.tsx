import { formatCount } from '#lib/format/format-count.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';

/** A number of tokens in short; the exact one on hover. The unit is the caller's to write. */
export function TokenCount({ tokens }: { readonly tokens: number }) {
  return (
    <data value={tokens} title={`${formatCount(tokens)} tokens`}>
      {formatTokens(tokens)}
    </data>
  );
}
