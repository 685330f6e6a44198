import { dateOf, hourMs, listDemoDays, minuteMs } from './demo-clock.ts';
import type { DemoEvent } from './demo-event.ts';
import { fillerText } from './filler-text.ts';
import { startTalk } from './start-talk.ts';

/** An agent that reviews changes in batches on working days: many short sessions. */
export function* makeReviewer(maker: {
  readonly nowMs: number;
  readonly random: () => number;
}): Generator<readonly DemoEvent[]> {
  const { nowMs, random } = maker;
  let change = 1_200;
  for (const day of listDemoDays(nowMs)) {
    const reviews = day.isWeekend ? 1 : 6 + Math.floor(random() * 5);
    for (let index = 0; index < reviews; index += 1) {
      change += 1 + Math.floor(random() * 3);
      const startMs = day.startMs + 7 * hourMs + random() * 11 * hourMs;
      yield makeReview({ session: `${dateOf(day)}-change-${change}`, startMs, random });
    }
  }
}

function makeReview(review: {
  readonly session: string;
  readonly startMs: number;
  readonly random: () => number;
}) {
  const { session, startMs, random } = review;
  const talk = startTalk({
    agent: 'reviewer',
    session,
    source: 'batch',
    provider: 'openai',
    model: random() < 0.8 ? 'gpt-5-mini' : 'gpt-5.1-codex',
    systemTokens: 3_400,
    random,
  });
  talk.say({
    atMs: startMs,
    role: 'user',
    text: `Review this change.\n${fillerText(6_000 + random() * 30_000, random)}`,
  });
  const steps = 2 + Math.floor(random() * 4);
  for (let step = 0; step < steps; step += 1) {
    const atMs = startMs + (step + random()) * minuteMs;
    const isFailed = random() < 0.02;
    talk.call({
      atMs,
      latencyMs: 3_000 + random() * 14_000,
      outputTokens: 400 + Math.floor(random() * 1_600),
      cache: 'warm',
      ...(isFailed ? { error: '429 rate limited' } : {}),
    });
    if (!isFailed)
      talk.say({ atMs: atMs + 18_000, role: 'assistant', text: fillerText(700 + random() * 1_800, random) });
  }
  return talk.events;
}
