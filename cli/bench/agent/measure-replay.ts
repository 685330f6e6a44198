import path from 'node:path';
import { type Replay, replaySession, toHistory } from '#lib/agent/index.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { resolveRates } from '#lib/pricing/model-rates.ts';
import { modelWindow } from '#lib/pricing/model-window.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { findSharedData } from '../../import/testing/shared-data.ts';
import { printTable } from '../print-table.ts';
import { readTranscripts, type Transcript } from './read-transcripts.ts';

const windowDefault = 200_000;
const bytesMax = 1_000_000;

/** Recorded sessions of real agents through the guard, and with a context limit on top. */
export async function measureReplay(): Promise<void> {
  const folder = findSharedData();
  if (folder === null) {
    process.stdout.write('Replay: skipped, there are no recorded sessions (PLIMSOLL_SHARED_DATA).\n\n');
    return;
  }
  const sessions = readTranscripts(path.join(folder, 'transcripts')).filter(
    ({ messages }) => messages.length > 0,
  );
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, contextTokensMax] of [
    ['SessionGuard, defaults', null],
    ['and pruneContext to 40,000 tokens', 40_000],
    ['and pruneContext to 4,000 tokens', 4_000],
  ] as const) {
    rows.push([name, ...(await replayAll(sessions, contextTokensMax))]);
  }
  const messages = sessions.reduce((sum, session) => sum + session.messages.length, 0);
  process.stdout.write(
    `Replay of ${sessions.length} recorded sessions, ${messages} messages. Money: tokens saved at the model's price for fresh input, and for cached input\n`,
  );
  printTable(
    [
      'rules',
      'calls',
      'input tokens before',
      'after',
      'saved',
      'USD saved fresh',
      'cached',
      'largest history',
      'over 1 MB',
      'over window',
    ],
    rows,
  );
}

async function replayAll(sessions: readonly Transcript[], contextTokensMax: number | null) {
  const total = { calls: 0, before: 0, after: 0, bytes: 0, overBytes: 0, overWindow: 0 };
  let freshPico = 0n;
  let cachedPico = 0n;
  for (const session of sessions) {
    const windowTokens = (session.model === null ? null : modelWindow(session.model)) ?? windowDefault;
    const replay: Replay = await replaySession(toHistory(session.messages), {
      resultBytesMax: 10_240,
      historyBytesMax: 500_000,
      contextTokensMax,
      contextMessagesMax: null,
      pairsMax: null,
      windowTokens,
    });
    total.calls += replay.calls.length;
    total.before += replay.tokensBefore;
    total.after += replay.tokensAfter;
    total.bytes = Math.max(total.bytes, replay.bytesAfterMax);
    if (replay.bytesAfterMax > bytesMax) total.overBytes++;
    if (replay.deathAfter !== null) total.overWindow++;
    const card = session.model === null ? null : resolveRates({ ...session.model, atMs: Date.now() });
    const saved = BigInt(replay.tokensBefore - replay.tokensAfter);
    freshPico += saved * (card?.base.input ?? 0n);
    cachedPico += saved * (card?.base.cacheRead ?? 0n);
  }
  const percent = `${(100 - (total.after / total.before) * 100).toFixed(1)} %`;
  return [
    total.calls,
    total.before,
    total.after,
    percent,
    formatUsd(formatPicoUsd(freshPico)),
    formatUsd(formatPicoUsd(cachedPico)),
    total.bytes,
    total.overBytes,
    total.overWindow,
  ];
}
