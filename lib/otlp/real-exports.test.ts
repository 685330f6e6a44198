import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findSharedData } from '#cli/import/testing/shared-data.ts';
import type { DecodedItem } from '#lib/ingest/decode-batch.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import { type DecodedExport, decodeExport } from './decode-export.ts';
import type { OtlpSignal } from './otlp-signal.ts';
import { writeProtobuf } from './testing/write-protobuf.ts';
import { exportRequests } from './wire-schema.ts';

/** Requests of real clients with independently computed totals; they are not a part of the project. */
const shared = findSharedData();
const folder = join(shared ?? '', 'otlp');
const isHere = shared !== null && existsSync(folder);
const name = isHere ? 'real exports' : 'real exports (skipped: the folder of real exports is not here)';

const count = z.number().optional();
const expectedCall = z.object({
  status: z.string(),
  session: z.string(),
  user: z.string().optional(),
  provider: z.string(),
  model: z.string(),
  usage: z.literal('unknown').optional(),
  cost: count,
  reasoning: count,
  cw1h: count,
  input_total: count,
  input_uncached: count,
  cache_read: count,
  cache_write: count,
  output_total: count,
});
const expected = z.object({ totals: z.record(z.string(), z.number()), events: z.array(expectedCall) });

describe.skipIf(!isHere)(name, () => {
  const clients = isHere ? readdirSync(folder) : [];

  test.each(clients)('%s: each call once, with the true figures, from all its signals together', (client) => {
    const truth = readTruth(client);
    const calls = usageOf(takeAll(client, 'json'));
    expect(calls.map((call, index) => shown(call, truth.events[index]))).toEqual(truth.events);
    expect(totalsOf(calls)).toEqual(truth.totals);
  });

  test.each(clients)('%s: protobuf is read as JSON is', (client) => {
    expect(takeAll(client, 'protobuf')).toEqual(takeAll(client, 'json'));
  });

  test.each(clients)('%s: a request that is sent again gives the same ids', (client) => {
    const ids = () => usageOf(takeAll(client, 'json')).map(({ id }) => id);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(ids().length);
  });

  test('ai-sdk7-json: what was said is taken once, although each call repeats the history', () => {
    const said = takeAll('ai-sdk7-json', 'json').flatMap((item) =>
      'event' in item && item.event.type === 'message' ? [item.event] : [],
    );
    const weather = said
      .slice(0, 4)
      .map(({ role, kind, content, toolName, session }) => ({ role, kind, content, toolName, session }));
    const session = 'sess-42';
    expect(weather).toEqual([
      { role: 'user', kind: 'text', content: 'Weather in Paris?', toolName: null, session },
      { role: 'assistant', kind: 'tool_call', content: '{"city":"Paris"}', toolName: 'weather', session },
      { role: 'tool', kind: 'tool_result', content: '{"c":18}', toolName: null, session },
      { role: 'assistant', kind: 'text', content: 'It is 18 degrees.', toolName: null, session },
    ]);
  });

  test('ai-sdk7-json: a tool is an operation of the agent around it', () => {
    const tools = takeAll('ai-sdk7-json', 'json').flatMap((item) =>
      'event' in item && item.event.type === 'operation' ? [item.event] : [],
    );
    expect(tools).toMatchObject([
      { name: 'weather', kind: 'tool', agent: 'weather-agent', session: 'sess-42', status: 'ok' },
    ]);
  });
});

function takeAll(client: string, format: 'json' | 'protobuf'): readonly DecodedItem[] {
  return readdirSync(join(folder, client))
    .filter((file) => /^\d+-(?:traces|logs|metrics)\.json$/.test(file))
    .flatMap((file) => {
      const { items, refused } = take(join(folder, client, file), format);
      expect(refused).toEqual([]);
      return items;
    });
}

function take(path: string, format: 'json' | 'protobuf'): DecodedExport {
  const signal = /-(traces|logs|metrics)\.json$/.exec(path)?.[1] as OtlpSignal;
  const json = readFileSync(path);
  const bytes =
    format === 'json' ? json : writeProtobuf(JSON.parse(json.toString('utf8')), exportRequests[signal]);
  return decodeExport({ bytes, format, signal, nowMs: Date.UTC(2026, 10, 22), redact: true });
}

function usageOf(items: readonly DecodedItem[]): readonly UsageEvent[] {
  const events = items.map((item) => {
    if ('error' in item) throw new Error(item.error.message);
    return item.event;
  });
  return events.filter((event) => event.type === 'usage');
}

function readTruth(client: string): z.infer<typeof expected> {
  return expected.parse(JSON.parse(readFileSync(join(folder, client, 'expected.json'), 'utf8')));
}

/** A call in the words of the expectation, as far as that has them. */
function shown(call: UsageEvent, truth: z.infer<typeof expectedCall> | undefined) {
  const attributes: Readonly<Record<string, unknown>> = JSON.parse(call.attributes ?? '{}');
  const isUnknown = attributes['otel.usage'] === 'unknown';
  const all = {
    status: call.status,
    session: call.session,
    user: attributes['user'],
    provider: call.provider,
    model: call.model,
    usage: 'unknown',
    cost: Number(call.reportedCostPicoUsd) / 1e12,
    reasoning: call.reasoningTokens,
    cw1h: call.cacheWrite1hTokens,
    input_total: contextOf(call),
    input_uncached: call.inputTokens,
    cache_read: call.cacheReadTokens,
    cache_write: call.cacheWrite5mTokens + call.cacheWrite1hTokens,
    output_total: call.outputTokens,
  };
  expect(isUnknown).toBe(truth?.usage === 'unknown');
  return Object.fromEntries(Object.entries(all).filter(([field]) => truth && field in truth));
}

function contextOf(call: UsageEvent): number {
  return call.inputTokens + call.cacheReadTokens + call.cacheWrite5mTokens + call.cacheWrite1hTokens;
}

function totalsOf(calls: readonly UsageEvent[]): Readonly<Record<string, number>> {
  const sum = (figure: (call: UsageEvent) => number) =>
    calls.reduce((total, call) => total + figure(call), 0);
  return {
    events: calls.length,
    usage_unknown: sum((call) => (call.attributes?.includes('"otel.usage":"unknown"') ? 1 : 0)),
    input_total: sum(contextOf),
    input_uncached: sum((call) => call.inputTokens),
    cache_read: sum((call) => call.cacheReadTokens),
    cache_write: sum((call) => call.cacheWrite5mTokens + call.cacheWrite1hTokens),
    output_total: sum((call) => call.outputTokens),
  };
}
