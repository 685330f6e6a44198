import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { formatCount } from '#lib/format/format-count.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

/** How full the context was at the last call, when it will overflow, and whether the session is stuck. */
export function ContextAnswer({ session }: { readonly session: SessionDetail }) {
  return (
    <div className="flex flex-col gap-3">
      <ContextLoad session={session} />
      <OutlookLine session={session} />
      <FailingLine failing={session.failing} />
    </div>
  );
}

function ContextLoad({ session }: { readonly session: SessionDetail }) {
  const { contextTokens, modelWindow, model } = session;
  if (contextTokens === null) {
    return (
      <p className="text-muted">No model call named this session yet, so that its context is unknown.</p>
    );
  }
  if (modelWindow === null || modelWindow <= 0) {
    return (
      <p>
        <span className="text-xl font-medium">{formatTokens(contextTokens)} tokens</span>{' '}
        <span className="text-muted">
          of context at the last call. The window of {model ?? 'its model'} is not known.
        </span>
      </p>
    );
  }
  return (
    <LoadGauge
      label="Context at the last call"
      value={contextTokens}
      limit={modelWindow}
      format={(tokens) => `${formatTokens(tokens)} tokens`}
    />
  );
}

/** A session that fails already has no calls left to count. */
function OutlookLine({ session }: { readonly session: SessionDetail }) {
  const { outlook, failing } = session;
  if (outlook === null || failing !== null) return null;
  const { callsLeft, minutesLeft, tokensPerCall, callsSeen } = outlook;
  const slope = `+${formatTokens(tokensPerCall)} tokens a call over the last ${callsSeen} calls`;
  if (callsLeft === 0) {
    return (
      <p>
        <span className="font-medium text-over-ink">The next call will not fit.</span>{' '}
        <span className="text-muted">{slope}</span>
      </p>
    );
  }
  const isNear = callsLeft <= callsSeen;
  return (
    <p>
      <span className={isNear ? 'font-medium text-near-ink' : 'font-medium'}>
        Full in about {formatCount(callsLeft)} {callsLeft === 1 ? 'call' : 'calls'}, or{' '}
        {formatDuration(minutesLeft * 60_000)}
      </span>
      <span className="text-muted">, at the present slope: {slope}</span>
    </p>
  );
}

function FailingLine({ failing }: { readonly failing: SessionDetail['failing'] }) {
  if (failing === null) return null;
  return (
    <p>
      <span className="font-medium text-over-ink">The last {formatCount(failing.calls)} calls failed</span>
      <span className="text-muted">
        , since <RelativeTime at={failing.since} />
        {failing.error === null ? '.' : `: ${failing.error}`}
      </span>
    </p>
  );
}
