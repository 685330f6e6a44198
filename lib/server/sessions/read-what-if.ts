import 'server-only';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import type { WholeMessage } from '#db/queries/find-message.ts';
import { listWholeMessages } from '#db/queries/list-whole-messages.ts';
import { type RecordedMessage, toHistory } from '#lib/agent/recorded-message.ts';
import { type Replay, type ReplayRules, replaySession } from '#lib/agent/replay-session.ts';
import { fromStoredContent } from '#lib/chat/stored-content.ts';
import { resolveRates } from '#lib/pricing/model-rates.ts';
import { modelWindow } from '#lib/pricing/model-window.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import type { WhatIf, WhatIfSide } from '#lib/sessions/what-if.ts';
import { getSession } from './get-session.ts';

/** A replay reads every text at every call: these keep it at a few seconds of one core. */
const messagesMax = 1_000;
const bytesMax = 16_000_000;
const pageBytes = 2_000_000;
const stepsMax = 100;
const windowDefault = 200_000;

type Model = { readonly provider: string; readonly model: string };

/**
 * Replays a recorded session through the toolkit's own functions.
 * @throws AppError `not_found`
 */
export async function readWhatIf(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly rules: Omit<ReplayRules, 'windowTokens'>;
    /** Another model; null for the session's own. */
    readonly model: Model | null;
    readonly nowMs: number;
    readonly overrides: readonly PriceOverride[];
  },
): Promise<WhatIf> {
  const session = await getSession(db, input);
  const recorded = await readRecorded(db, { ...input, lastSeq: session.lastSeq });
  const { provider, model } = session;
  const own = provider === null || model === null ? null : { provider, model };
  const chosen = input.model ?? own;
  const windowTokens = (chosen === null ? null : modelWindow(chosen)) ?? windowDefault;
  const replay = await replaySession(toHistory(recorded), { ...input.rules, windowTokens }, () =>
    yieldToOthers(),
  );
  const sideOf = (which: 'tokensBefore' | 'tokensAfter', named: Model | null): WhatIfSide => {
    const diesAt = which === 'tokensBefore' ? replay.deathBefore : replay.deathAfter;
    return {
      model: named?.model ?? null,
      calls: replay.calls.length,
      tokens: replay[which],
      largestContext: Math.max(0, ...replay.calls.map((call) => call[which])),
      historyBytes: which === 'tokensBefore' ? replay.bytesBefore : replay.bytesAfter,
      costUsd: priceOf({ ...input, tokens: replay[which], model: named }),
      diesAtCall: diesAt === null ? null : diesAt + 1,
    };
  };
  return {
    messages: session.messages,
    messagesReplayed: recorded.length,
    windowTokens,
    before: sideOf('tokensBefore', own),
    after: sideOf('tokensAfter', chosen),
    resultsShortened: replay.resultsShortened,
    compactions: replay.compactions,
    steps: toSteps(replay),
  };
}

async function readRecorded(
  db: Database,
  input: { readonly projectId: number; readonly id: string; readonly lastSeq: number },
): Promise<readonly RecordedMessage[]> {
  const recorded: RecordedMessage[] = [];
  let bytes = 0;
  for (let fromSeq = 0; recorded.length < messagesMax && bytes < bytesMax; ) {
    const page = await listWholeMessages(db, {
      ...input,
      fromSeq,
      toSeq: input.lastSeq,
      bytesMax: pageBytes,
    });
    const last = page[page.length - 1];
    if (last === undefined) break;
    bytes += page.reduce((sum, { summary }) => sum + summary.bytes, 0);
    recorded.push(...page.map(toRecorded));
    fromSeq = last.summary.seq + 1;
  }
  return recorded.slice(0, messagesMax);
}

function toRecorded({ summary, encoding, body }: WholeMessage): RecordedMessage {
  const { role, kind, toolName, toolCallId, preview } = summary;
  const content = preview === null ? '' : fromStoredContent({ preview, encoding, body });
  return { role, kind, toolName, toolCallId, content };
}

function priceOf(input: {
  readonly tokens: number;
  readonly model: Model | null;
  readonly nowMs: number;
  readonly overrides: readonly PriceOverride[];
}): string | null {
  if (input.model === null) return null;
  const card = resolveRates({ ...input.model, atMs: input.nowMs, overrides: input.overrides });
  return card === null ? null : formatPicoUsd(BigInt(input.tokens) * card.base.input);
}

function toSteps({ calls }: Replay): WhatIf['steps'] {
  const stride = Math.max(1, Math.ceil(calls.length / stepsMax));
  return calls.flatMap((call, index) =>
    index % stride === 0 || index === calls.length - 1
      ? [{ call: index + 1, before: call.tokensBefore, after: call.tokensAfter }]
      : [],
  );
}
