import { makeEvent } from '../make-event.ts';
import { seededRandom } from '../seeded-random.ts';
import type { LoadPlan } from './load-plan.ts';

/** The events of a run are spread over the last minute, as agents would have sent them. */
const spanMs = 60_000;

/** Whole requests, head and body in one buffer each, with ids that were never sent before. */
export function makeRequests(plan: LoadPlan, nowMs: number): readonly Buffer[] {
  const random = seededRandom(plan.seed);
  const count = Math.ceil(plan.events / plan.eventsPerRequest);
  return Array.from({ length: count }, (_, request) => {
    const events = Array.from({ length: plan.eventsPerRequest }, (_, index) => {
      const share = (request * plan.eventsPerRequest + index) / plan.events;
      return makeEvent({ random, ids: plan.ids, tsMs: Math.floor(nowMs - spanMs + share * spanMs) });
    });
    return toRequest(plan, events.length === 1 ? JSON.stringify(events[0]) : JSON.stringify({ events }));
  });
}

function toRequest(plan: LoadPlan, body: string): Buffer {
  return Buffer.from(
    [
      'POST /api/ingest HTTP/1.1',
      `Host: ${plan.host}:${plan.port}`,
      `Authorization: ${plan.authorization}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
