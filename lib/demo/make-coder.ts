import { type DemoDay, dateOf, hourMs, listDemoDays, minuteMs } from './demo-clock.ts';
import type { DemoEvent } from './demo-event.ts';
import { fillerText } from './filler-text.ts';
import { startTalk, type Talk } from './start-talk.ts';

type Maker = { readonly nowMs: number; readonly random: () => number };

const tasks = [
  'checkout-refactor',
  'fix-invoice-rounding',
  'stock-import',
  'courier-labels',
  'session-expiry',
  'search-index',
];
const tools = ['read_file', 'read_file', 'search', 'edit_file', 'run_tests', 'shell'] as const;
const compactAtTokens = 150_000;
const outageDaysAgoMin = 5;

/** An agent that writes code in working hours: long sessions, warm caches, compactions, sub-agents; and an outage. */
export function* makeCoder({ nowMs, random }: Maker): Generator<readonly DemoEvent[]> {
  const days = listDemoDays(nowMs);
  const outageDay = days.findLast(({ ago, isWeekend }) => ago >= outageDaysAgoMin && !isWeekend);
  for (const day of days) {
    const sessions = day.isWeekend ? (random() < 0.25 ? 1 : 0) : 2 + Math.floor(random() * 3);
    for (let index = 0; index < sessions; index += 1) {
      const startMs = day.startMs + 8 * hourMs + index * 2.3 * hourMs + random() * hourMs;
      const task = tasks[Math.floor(random() * tasks.length)] ?? 'checkout-refactor';
      yield* makeSession({ day, startMs, task, number: index, random });
    }
    if (day === outageDay) yield makeOutage(day, random);
  }
}

type Session = {
  readonly day: DemoDay;
  readonly startMs: number;
  readonly task: string;
  readonly number: number;
  readonly random: () => number;
};

function* makeSession({ day, startMs, task, number, random }: Session): Generator<readonly DemoEvent[]> {
  const session = `${dateOf(day)}-${task}-${number + 1}`;
  const talk = startTalk({
    agent: 'coder',
    session,
    source: 'direct',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    systemTokens: 14_200,
    random,
  });
  const steps = 18 + Math.floor(random() * 55);
  let atMs = startMs;
  talk.say({ atMs, role: 'user', text: `Please work on ${task}. ${fillerText(600, random)}` });
  for (let step = 0; step < steps; step += 1) {
    atMs += 8_000 + random() * 70_000;
    workOn(talk, { atMs, step, random });
    if (talk.contextTokens() > compactAtTokens)
      talk.compact({ atMs: atMs + 2_000, summary: `So far: ${fillerText(3_000, random)}` });
    if (step % 14 === 13) {
      talk.say({
        atMs: atMs + 3_000,
        role: 'user',
        text: `Go on, and keep the tests green. ${fillerText(200, random)}`,
      });
    }
  }
  yield talk.events;
  if (random() < 0.4) yield makeSubagent({ session, atMs: startMs + 20 * minuteMs, random });
}

function workOn(
  talk: Talk,
  step: { readonly atMs: number; readonly step: number; readonly random: () => number },
): void {
  const { atMs, random } = step;
  const latencyMs = 1_800 + random() * 9_000 + talk.contextTokens() / 40;
  talk.call({
    atMs,
    latencyMs,
    outputTokens: 150 + Math.floor(random() * 900),
    cache: step.step % 20 === 19 ? 'cold' : 'warm',
  });
  const name = tools[Math.floor(random() * tools.length)] ?? 'read_file';
  const durationMs = name === 'run_tests' ? 4_000 + random() * 40_000 : 20 + random() * 900;
  const doneMs = atMs + latencyMs + durationMs;
  talk.say({ atMs: atMs + latencyMs, role: 'assistant', text: fillerText(120 + random() * 500, random) });
  talk.tool({ atMs: doneMs, name, durationMs, isOk: random() > 0.04 });
  const bytes = random() < 0.08 ? 20_000 + random() * 40_000 : 600 + random() * 7_000;
  talk.say({ atMs: doneMs, role: 'tool', toolName: name, text: fillerText(bytes, random) });
}

function makeSubagent(of: {
  readonly session: string;
  readonly atMs: number;
  readonly random: () => number;
}) {
  const { random } = of;
  const talk = startTalk({
    agent: 'coder',
    session: `${of.session}:explore`,
    source: 'subagent',
    provider: 'anthropic',
    model: 'claude-haiku-4-5',
    systemTokens: 6_000,
    random,
  });
  let atMs = of.atMs;
  talk.say({ atMs, role: 'user', text: `Find where this is done: ${fillerText(300, random)}` });
  for (let step = 0; step < 8; step += 1) {
    atMs += 4_000 + random() * 9_000;
    workOn(talk, { atMs, step, random });
  }
  return talk.events;
}

/** The provider was overloaded for 25 minutes, and each try failed. */
function makeOutage(day: DemoDay, random: () => number): readonly DemoEvent[] {
  const talk = startTalk({
    agent: 'coder',
    session: `${dateOf(day)}-during-the-outage`,
    source: 'direct',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    systemTokens: 14_200,
    random,
  });
  const startMs = day.startMs + 15 * hourMs;
  talk.say({ atMs: startMs, role: 'user', text: 'Try again until it works.' });
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const atMs = startMs + attempt * 25_000;
    talk.call({
      atMs,
      latencyMs: 400 + random() * 2_500,
      outputTokens: 0,
      cache: 'cold',
      error: '529 overloaded',
    });
  }
  return talk.events;
}
