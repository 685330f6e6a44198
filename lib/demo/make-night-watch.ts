import { dateOf, dayMs, hourMs, listDemoDays, minuteMs } from './demo-clock.ts';
import type { DemoEvent } from './demo-event.ts';
import { fillerText } from './filler-text.ts';
import { startTalk } from './start-talk.ts';

type Maker = { readonly nowMs: number; readonly random: () => number };

export const zombieSession = 'night-watch:main';
export const deadSession = 'night-watch:migration';
const setting = {
  agent: 'night-watch',
  provider: 'anthropic',
  model: 'claude-haiku-4-5',
  systemTokens: 7_000,
} as const;
const zombieDays = 11;
const beatEveryMs = 10 * minuteMs;

/**
 * Nightly jobs; a session that nobody talks to and that a heartbeat wakes every half hour with its whole
 * context; and one that outgrew its window three days ago.
 */
export function* makeNightWatch({ nowMs, random }: Maker): Generator<readonly DemoEvent[]> {
  for (const day of listDemoDays(nowMs)) {
    const startMs = day.startMs + 2 * hourMs;
    const talk = startTalk({ ...setting, session: `${dateOf(day)}-nightly-report`, source: 'cron', random });
    talk.say({ atMs: startMs, role: 'user', text: 'Write the report of the night.' });
    for (let step = 0; step < 6; step += 1) {
      const atMs = startMs + step * 40_000;
      talk.call({ atMs, latencyMs: 2_000 + random() * 5_000, outputTokens: 300, cache: 'warm' });
      talk.say({
        atMs: atMs + 8_000,
        role: 'tool',
        toolName: 'query_metrics',
        text: fillerText(2_000 + random() * 6_000, random),
      });
    }
    yield talk.events;
    yield listBeats({ fromMs: day.startMs, random });
  }
  yield makeZombie({ nowMs, random });
  yield makeDead({ nowMs, random });
}

function listBeats({
  fromMs,
  random,
}: {
  readonly fromMs: number;
  readonly random: () => number;
}): readonly DemoEvent[] {
  return Array.from({ length: dayMs / beatEveryMs }, (_, beat) => ({
    type: 'heartbeat',
    id: `beat/${fromMs + beat * beatEveryMs}`,
    ts: new Date(fromMs + beat * beatEveryMs).toISOString(),
    agent: 'night-watch',
    gauges: {
      queueDepth: Math.floor(random() * 3),
      rssBytes: 180_000_000 + Math.floor(random() * 40_000_000),
    },
  }));
}

function makeZombie({ nowMs, random }: Maker): readonly DemoEvent[] {
  const talk = startTalk({ ...setting, session: zombieSession, source: 'heartbeat', random });
  const startMs = nowMs - zombieDays * dayMs;
  talk.say({
    atMs: startMs,
    role: 'user',
    text: `Keep an eye on this for me.\n${fillerText(180_000, random)}`,
  });
  for (let atMs = startMs + minuteMs; atMs < nowMs; atMs += 30 * minuteMs) {
    talk.call({ atMs, latencyMs: 1_500 + random() * 3_000, outputTokens: 12, cache: 'cold' });
    talk.say({ atMs: atMs + 5_000, role: 'assistant', text: 'Nothing to report.' });
  }
  return talk.events;
}

function makeDead({ nowMs, random }: Maker): readonly DemoEvent[] {
  const talk = startTalk({ ...setting, session: deadSession, source: 'direct', random });
  let atMs = nowMs - 3 * dayMs - 5 * hourMs;
  talk.say({ atMs, role: 'user', text: 'Move all tables, and read every file before you do.' });
  while (talk.contextTokens() < 197_000) {
    atMs += 30_000 + random() * 20_000;
    talk.call({ atMs, latencyMs: 2_000 + talk.contextTokens() / 30, outputTokens: 200, cache: 'warm' });
    talk.say({
      atMs: atMs + 9_000,
      role: 'tool',
      toolName: 'read_file',
      text: fillerText(18_000 + random() * 16_000, random),
    });
  }
  for (let attempt = 0; attempt < 18; attempt += 1) {
    atMs += 60_000;
    const error = `400 prompt is too long: ${talk.contextTokens()} tokens > 200000 maximum`;
    talk.call({ atMs, latencyMs: 350 + random() * 200, outputTokens: 0, cache: 'cold', error });
  }
  return talk.events;
}
