import 'server-only';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import type { WholeMessage } from '#db/queries/find-message.ts';
import { listAnsweredCalls } from '#db/queries/list-answered-calls.ts';
import { listWholeMessages } from '#db/queries/list-whole-messages.ts';
import { historyMaker, type RecordedMessage } from '#lib/agent/recorded-message.ts';
import type { Replay, ReplayRules } from '#lib/agent/replay-session.ts';
import { SessionReplay } from '#lib/agent/session-replay.ts';
import { fromStoredContent } from '#lib/chat/stored-content.ts';
import { resolveRates } from '#lib/pricing/model-rates.ts';
import { modelWindow } from '#lib/pricing/model-window.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import type { WhatIf, WhatIfSide } from '#lib/sessions/what-if.ts';
import { getSession } from './get-session.ts';

/** Pages are read and let go; these keep a replay at some seconds. */
const messagesMax = 50_000;
const bytesMax = 400_000_000;
const elapsedMsMax = 20_000;
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
    /** A clock that only goes on, in ms. */
    readonly elapsedMs: () => number;
    /** Ends the replay when nobody waits for it any more. */
    readonly signal?: AbortSignal | undefined;
  },
): Promise<WhatIf> {
  const session = await getSession(db, input);
  const { provider, model } = session;
  const own = provider === null || model === null ? null : { provider, model };
  const chosen = input.model ?? own;
  const windowTokens = (chosen === null ? null : modelWindow(chosen)) ?? windowDefault;
  const { replay, messagesReplayed, stoppedBy } = await replayRecorded(db, {
    ...input,
    lastSeq: session.lastSeq,
    rules: { ...input.rules, windowTokens },
  });
  const sideOf = (which: 'tokensBefore' | 'tokensAfter', named: Model | null): WhatIfSide => {
    const diesAt = which === 'tokensBefore' ? replay.deathBefore : replay.deathAfter;
    return {
      model: named?.model ?? null,
      calls: replay.calls.length,
      tokens: replay[which],
      largestContext: replay.calls.reduce((most, call) => Math.max(most, call[which]), 0),
      historyBytes: which === 'tokensBefore' ? replay.bytesBefore : replay.bytesAfter,
      costUsd: priceOf({ ...input, tokens: replay[which], model: named }),
      diesAtCall: diesAt === null ? null : diesAt + 1,
    };
  };
  return {
    messages: session.messages,
    messagesReplayed,
    stoppedBy,
    windowTokens,
    before: sideOf('tokensBefore', own),
    after: sideOf('tokensAfter', chosen),
    resultsShortened: replay.resultsShortened,
    compactions: replay.compactions,
    steps: toSteps(replay),
  };
}

type Replayed = {
  readonly replay: Replay;
  readonly messagesReplayed: number;
  readonly stoppedBy: WhatIf['stoppedBy'];
};

/** One page of texts at a time goes through the replay, which lets others in after each call. */
async function replayRecorded(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly lastSeq: number;
    readonly rules: ReplayRules;
    readonly elapsedMs: () => number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Replayed> {
  const toHistory = historyMaker(await listAnsweredCalls(db, { ...input, messagesMax }));
  const replay = new SessionReplay(input.rules, () => yieldToOthers());
  const startedMs = input.elapsedMs();
  let messagesReplayed = 0;
  let bytes = 0;
  const limit = () => {
    if (messagesReplayed >= messagesMax) return 'messages';
    if (bytes >= bytesMax) return 'bytes';
    return input.elapsedMs() - startedMs >= elapsedMsMax ? 'time' : null;
  };
  for (let fromSeq = 0; ; ) {
    const page = await listWholeMessages(db, {
      ...input,
      fromSeq,
      toSeq: input.lastSeq,
      bytesMax: pageBytes,
    });
    const last = page[page.length - 1];
    if (last === undefined) return { replay: replay.finish(), messagesReplayed, stoppedBy: null };
    for (const message of page) {
      const stoppedBy = limit();
      if (stoppedBy !== null) return { replay: replay.finish(), messagesReplayed, stoppedBy };
      input.signal?.throwIfAborted();
      for (const made of toHistory(toRecorded(message))) await replay.add(made);
      messagesReplayed++;
      bytes += message.summary.bytes;
    }
    fromSeq = last.summary.seq + 1;
  }
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
  const stride = Math.max(1, Math.ceil(calls.length / (stepsMax - 1)));
  return calls.flatMap((call, index) =>
    index % stride === 0 || index === calls.length - 1
      ? [{ call: index + 1, before: call.tokensBefore, after: call.tokensAfter }]
      : [],
  );
}
