import type { UsageInput } from '#lib/usage/usage-event.ts';
import { eventNames } from './event-names.ts';

/** What a made event consists of; every field is always there but the attributes. */
export type BenchEvent = Required<
  Pick<UsageInput, 'type' | 'id' | 'ts' | 'agent' | 'provider' | 'model' | 'inputTokens' | 'outputTokens'>
> & {
  readonly session: string;
  readonly source: (typeof eventNames.sources)[number];
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly latencyMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly attributes?: { readonly git_branch: string; readonly tool: string; readonly attempt: number };
};

export type EventIds = 'uuid' | 'text';

const attributesShare = 0.2;

/**
 * A model call as agents send them: 20 agents, 8 models, 5 sources, 2,000 sessions, mostly cached input and
 * a latency of about 100 ms to a minute; one in five has attributes.
 * @param options.ids `uuid`: version 7, in time order; `text`: an id of a provider, which is hashed
 */
export function makeEvent(options: {
  readonly random: () => number;
  readonly tsMs: number;
  readonly ids: EventIds;
}): BenchEvent {
  const { random, tsMs } = options;
  const pick = (count: number) => Math.floor(random() * count);
  const session = pick(eventNames.sessionCount);
  const model = eventNames.models[pick(eventNames.models.length)] ?? eventNames.models[0];
  const cacheReadTokens = pick(40) * 1_024;
  const cacheWriteTokens = pick(4) * 512;
  return {
    type: 'usage',
    id:
      options.ids === 'uuid'
        ? timeOrderedId(tsMs, random)
        : `msg_01${hex(random)}${hex(random)}${hex(random)}`,
    ts: new Date(tsMs).toISOString(),
    agent: eventNames.agents[session % eventNames.agents.length] ?? '',
    session: `session-${session}`,
    source: eventNames.sources[pick(eventNames.sources.length)] ?? 'direct',
    provider: model.provider,
    model: model.name,
    inputTokens: cacheReadTokens + cacheWriteTokens + pick(4_000),
    outputTokens: 20 + pick(1_500),
    cacheReadTokens,
    cacheWriteTokens,
    latencyMs: Math.round(100 * 600 ** random()),
    requestBytes: 4 * (cacheReadTokens + cacheWriteTokens),
    responseBytes: 200 + pick(6_000),
    ...(random() < attributesShare && {
      attributes: { git_branch: `feature/${pick(50)}`, tool: 'bash', attempt: pick(3) },
    }),
  };
}

/** A UUID of version 7: the milliseconds first. */
export function timeOrderedId(tsMs: number, random: () => number): string {
  const time = tsMs.toString(16).padStart(12, '0');
  const tail = hex(random) + hex(random) + hex(random);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6, 18)}`;
}

function hex(random: () => number): string {
  return Math.floor(random() * 4_294_967_296)
    .toString(16)
    .padStart(8, '0');
}
