import type { SessionRow } from '#lib/sessions/session-row.ts';
import type { SessionLoad } from './overview.ts';

/** Slower growth than this per call is noise. */
const slopeMin = 1;

/** Adds where a session's context is heading, from what its last calls added each. */
export function toSessionLoad(session: SessionRow, tokensPerCall: number | null): SessionLoad {
  return { ...session, tokensPerCall, callsLeft: callsLeft(session, tokensPerCall) };
}

function callsLeft({ contextTokens, modelWindow }: SessionRow, slope: number | null): number | null {
  if (contextTokens === null || modelWindow === null || modelWindow <= 0) return null;
  if (contextTokens >= modelWindow) return 0;
  if (slope === null || slope < slopeMin) return null;
  return Math.ceil((modelWindow - contextTokens) / slope);
}
