import { seededRandom } from '#lib/projection/seeded-random.ts';
import type { DemoEvent } from './demo-event.ts';
import { makeCoder } from './make-coder.ts';
import { makeNightWatch } from './make-night-watch.ts';
import { makeResearcher } from './make-researcher.ts';
import { makeReviewer } from './make-reviewer.ts';
import { makeSupportBot } from './make-support-bot.ts';

const makers = [makeCoder, makeReviewer, makeSupportBot, makeResearcher, makeNightWatch];

/**
 * A made-up month of five agents up to `nowMs`, by agent and session, each session in its own order: the same
 * events for the same time and seed. What lies after `nowMs` is left out.
 */
export function* makeDemo({
  nowMs,
  seed = 1,
}: {
  readonly nowMs: number;
  readonly seed?: number;
}): Generator<DemoEvent> {
  for (const [index, make] of makers.entries()) {
    for (const events of make({ nowMs, random: seededRandom(seed * 101 + index) })) {
      for (const event of events) if (Date.parse(event.ts) <= nowMs) yield event;
    }
  }
}
