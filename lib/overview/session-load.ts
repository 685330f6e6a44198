import { isRecent } from '#lib/sessions/is-recent.ts';
import type { SessionRow } from '#lib/sessions/session-row.ts';
import type { SessionLoad } from './overview.ts';

/** Slower growth than this per call is noise. */
const slopeMin = 1;

/** Adds where a session's context is heading, from what its last calls added each; of one at work in the last seven days. */
export function toSessionLoad(
  session: SessionRow,
  { tokensPerCall, nowMs }: { readonly tokensPerCall: number | null; readonly nowMs: number },
): SessionLoad {
  const isAtWork = isRecent(Date.parse(session.lastActivity), nowMs);
  return { ...session, tokensPerCall, callsLeft: isAtWork ? callsLeft(session, tokensPerCall) : null };
}

function callsLeft({ contextTokens, modelWindow }: SessionRow, slope: number | null): number | null {
  if (contextTokens === null || modelWindow === null || modelWindow <= 0) return null;
  if (contextTokens >= modelWindow) return 0;
  if (slope === null || slope < slopeMin) return null;
  return Math.ceil((modelWindow - contextTokens) / slope);
}
