import { formatUsd } from '#lib/format/format-usd.ts';

/** An amount with as many digits as matter; the exact one on hover. `usd` is a decimal string. */
export function Money({ usd }: { readonly usd: string }) {
  return (
    <data value={usd} title={`${usd} USD`}>
      {formatUsd(usd)}
    </data>
  );
}
