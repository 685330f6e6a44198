import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

/** How full the context was at the last call; where no window is known, only the number. */
export function ContextAnswer({ session }: { readonly session: SessionDetail }) {
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
