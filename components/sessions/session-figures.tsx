import { ByteSize } from '#components/ui/byte-size.tsx';
import { Stat, StatRow } from '#components/ui/stat.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { Spend } from '#components/usage/spend.tsx';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

/** The session's running totals. */
export function SessionFigures({ session }: { readonly session: SessionDetail }) {
  const { tokenBuckets: buckets, calls, errors } = session;
  const read = buckets.input + buckets.cacheRead + buckets.cacheWrite5m + buckets.cacheWrite1h;
  return (
    <StatRow>
      <Stat label="Spend" note={`in ${countOf(calls, 'call')}`}>
        <Spend costUsd={session.costUsd} unpricedTokens={session.unpricedTokens} />
      </Stat>
      <Stat label="Size" note={<>largest message {<ByteSize bytes={session.largestMessageBytes} />}</>}>
        <ByteSize bytes={session.bytes} />
      </Stat>
      <Stat label="Messages" note={countOf(session.compactions, 'compaction')}>
        {formatCount(session.messages)}
      </Stat>
      <Stat
        label="Tokens"
        note={read === 0 ? undefined : `${formatPercent(buckets.cacheRead / read)} from cache`}
      >
        <TokenCount tokens={session.tokens} />
      </Stat>
      <Stat label="Largest context" note="tokens in one call">
        <TokenCount tokens={session.contextHighWater} />
      </Stat>
      <Stat label="Failed calls" note={calls === 0 ? undefined : `${formatPercent(errors / calls)} of calls`}>
        {formatCount(errors)}
      </Stat>
    </StatRow>
  );
}
