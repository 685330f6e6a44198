import { priceUsage } from '#lib/pricing/price-usage.ts';
import { dateOf, dayMs, hourMs, listDemoDays, minuteMs } from './demo-clock.ts';
import type { DemoEvent } from './demo-event.ts';
import { fillerText } from './filler-text.ts';
import { startTalk, type Talk } from './start-talk.ts';

type Maker = { readonly nowMs: number; readonly random: () => number };

export const loopSession = 'market-scan';
const loopPicoUsd = 300_000_000_000_000n;
const loopMs = 2 * dayMs - 3 * hourMs;
const setting = {
  agent: 'researcher',
  source: 'direct',
  provider: 'anthropic',
  model: 'claude-opus-4-5',
} as const;

/** An agent for rare and dear questions, and the weekend on which it went round in a circle for 300 USD. */
export function* makeResearcher({ nowMs, random }: Maker): Generator<readonly DemoEvent[]> {
  for (const day of listDemoDays(nowMs)) {
    if (day.isWeekend || random() > 0.55) continue;
    const startMs = day.startMs + 9 * hourMs + random() * 6 * hourMs;
    yield makeQuestion({ session: `${dateOf(day)}-question`, startMs, random });
  }
  const saturday = listDemoDays(nowMs).findLast(
    ({ ago, startMs }) => ago >= 4 && new Date(startMs).getUTCDay() === 6,
  );
  if (saturday !== undefined) yield makeLoop({ startMs: saturday.startMs + hourMs, random });
}

function makeQuestion(question: {
  readonly session: string;
  readonly startMs: number;
  readonly random: () => number;
}) {
  const { session, startMs, random } = question;
  const talk = startTalk({ ...setting, session, systemTokens: 5_200, random });
  talk.say({ atMs: startMs, role: 'user', text: `What is known about this? ${fillerText(400, random)}` });
  const steps = 5 + Math.floor(random() * 8);
  for (let step = 0; step < steps; step += 1) {
    search(talk, { atMs: startMs + step * 70_000, bytes: 4_000 + random() * 14_000, cache: 'warm', random });
  }
  return talk.events;
}

/**
 * The same search again and again, with a new time of day at the head of the prompt, so that no call finds
 * the last one's cache. It ends at the first call past 300 USD.
 */
function makeLoop({ startMs, random }: { readonly startMs: number; readonly random: () => number }) {
  const talk = startTalk({ ...setting, session: loopSession, systemTokens: 8_000, random });
  const found = fillerText(11_000, random);
  talk.say({ atMs: startMs, role: 'user', text: 'Watch the market and tell me when something changes.' });
  let spentPicoUsd = 0n;
  for (let atMs = startMs; spentPicoUsd < loopPicoUsd; atMs += loopMs / 480) {
    const bought = talk.contextTokens();
    search(talk, { atMs, bytes: 0, text: found, cache: 'cold', random });
    spentPicoUsd += priceOf(bought, atMs);
    talk.prune({ atMs: atMs + 4 * minuteMs, tokensMax: 108_000 });
  }
  return talk.events;
}

const searchOutputTokens = 260;

type Search = {
  readonly atMs: number;
  readonly bytes: number;
  readonly text?: string;
  readonly cache: 'warm' | 'cold';
  readonly random: () => number;
};

function search(talk: Talk, { atMs, bytes, text, cache, random }: Search): void {
  const latencyMs = 4_000 + random() * 16_000;
  talk.call({ atMs, latencyMs, outputTokens: searchOutputTokens, cache });
  const doneMs = atMs + latencyMs;
  talk.say({
    atMs: doneMs,
    role: 'assistant',
    kind: 'tool_call',
    toolName: 'web_search',
    text: '{"query":"market news"}',
  });
  talk.tool({ atMs: doneMs + 900, name: 'web_search', durationMs: 900 });
  talk.say({
    atMs: doneMs + 900,
    role: 'tool',
    toolName: 'web_search',
    text: text ?? fillerText(bytes, random),
  });
}

/** What a call of the loop costs: all of its context is written to a cache that nobody reads. */
function priceOf(contextTokens: number, atMs: number): bigint {
  const { provider, model } = setting;
  const tokens = {
    input: 0,
    cacheRead: 0,
    cacheWrite5m: contextTokens,
    cacheWrite1h: 0,
    output: searchOutputTokens,
  };
  return priceUsage({ provider, model, requestedModel: null, atMs, tokens }, []).costPicoUsd;
}
