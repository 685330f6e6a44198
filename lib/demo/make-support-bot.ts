import { configSchema } from './config-schema.ts';
import { dateOf, hourMs, listDemoDays, minuteMs } from './demo-clock.ts';
import type { DemoEvent } from './demo-event.ts';
import { fillerText } from './filler-text.ts';
import { startTalk } from './start-talk.ts';

type Maker = { readonly nowMs: number; readonly random: () => number };

export const bloatedSession = 'support-bot:main';

/** A bot that answers people on all days; its one session that keeps a tool's 396 KB result again and again. */
export function* makeSupportBot({ nowMs, random }: Maker): Generator<readonly DemoEvent[]> {
  for (const day of listDemoDays(nowMs)) {
    const chats = (day.isWeekend ? 6 : 11) + Math.floor(random() * 6);
    for (let index = 0; index < chats; index += 1) {
      const startMs = day.startMs + 6 * hourMs + random() * 16 * hourMs;
      yield makeChat({ session: `${dateOf(day)}-chat-${index + 1}`, startMs, random });
    }
  }
  yield makeBloated({ nowMs, random });
}

const setting = {
  agent: 'support-bot',
  source: 'direct',
  provider: 'google',
  model: 'gemini-2.5-flash',
} as const;

function makeChat(chat: {
  readonly session: string;
  readonly startMs: number;
  readonly random: () => number;
}) {
  const { session, startMs, random } = chat;
  const talk = startTalk({ ...setting, session, systemTokens: 2_600, random });
  const turns = 2 + Math.floor(random() * 6);
  let atMs = startMs;
  for (let turn = 0; turn < turns; turn += 1) {
    atMs += 30_000 + random() * 4 * minuteMs;
    talk.say({ atMs, role: 'user', text: fillerText(60 + random() * 240, random) });
    const latencyMs = 700 + random() * 3_500;
    talk.call({ atMs: atMs + 200, latencyMs, outputTokens: 60 + Math.floor(random() * 260), cache: 'warm' });
    talk.say({
      atMs: atMs + 200 + latencyMs,
      role: 'assistant',
      text: fillerText(200 + random() * 700, random),
    });
  }
  return talk.events;
}

const rounds = 10;
const roundMs = 5 * minuteMs;

/**
 * Four messages a round, of which one holds 396 KB that changed nothing: after ten rounds the next calls
 * will not fit the window any more.
 */
function makeBloated({ nowMs, random }: Maker): readonly DemoEvent[] {
  const talk = startTalk({ ...setting, session: bloatedSession, systemTokens: 9_800, random });
  const startMs = nowMs - (rounds - 1) * roundMs - 3 * minuteMs;
  for (let round = 0; round < rounds; round += 1) {
    const atMs = startMs + round * roundMs;
    talk.say({
      atMs,
      role: 'user',
      text: `Please switch quiet hours of channel ${round + 1} to ten in the evening.`,
    });
    const latencyMs = 2_000 + talk.contextTokens() / 25;
    talk.call({ atMs: atMs + 500, latencyMs, outputTokens: 90, cache: 'warm' });
    const calledMs = atMs + 500 + latencyMs;
    talk.say({
      atMs: calledMs,
      role: 'assistant',
      kind: 'tool_call',
      toolName: 'gateway',
      text: '{"action":"config.schema"}',
    });
    talk.tool({ atMs: calledMs + 350, name: 'gateway', durationMs: 350 });
    talk.say({ atMs: calledMs + 350, role: 'tool', toolName: 'gateway', text: configSchema });
    const secondMs = 2_500 + talk.contextTokens() / 22;
    talk.call({ atMs: calledMs + 900, latencyMs: secondMs, outputTokens: 70, cache: 'cold' });
    talk.say({
      atMs: calledMs + 900 + secondMs,
      role: 'assistant',
      text: `Done: channel ${round + 1} is quiet from ten.`,
    });
  }
  return talk.events;
}
