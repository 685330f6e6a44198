import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import type { DemoEvent } from './demo-event.ts';

export type TalkSetting = {
  readonly agent: string;
  readonly session: string;
  readonly source: Source;
  readonly provider: string;
  readonly model: string;
  /** The system prompt and the tools' definitions, which every call sends. */
  readonly systemTokens: number;
  readonly random: () => number;
};

type Said = {
  readonly atMs: number;
  readonly role: MessageRole;
  readonly kind?: MessageKind;
  readonly toolName?: string;
  readonly text: string;
};

type Called = {
  readonly atMs: number;
  readonly latencyMs: number;
  readonly outputTokens: number;
  /** What of the context the provider still had: all but the new of it, or nothing. */
  readonly cache: 'warm' | 'cold';
  /** What went wrong; the call then cost nothing. */
  readonly error?: string;
};

export type Talk = {
  readonly events: DemoEvent[];
  /** Tokens that the next call sends. */
  contextTokens(): number;
  say(said: Said): void;
  call(called: Called): void;
  tool(run: {
    readonly atMs: number;
    readonly name: string;
    readonly durationMs: number;
    readonly isOk?: boolean;
  }): void;
  /** Leaves the history out of the next calls but for a summary. */
  compact(step: { readonly atMs: number; readonly summary: string }): void;
  /** Drops what is above `tokensMax` without a summary, as a sliding window does. */
  prune(step: { readonly atMs: number; readonly tokensMax: number }): void;
};

/** A conversation that keeps count of its own context, so that its messages and its calls agree. */
export function startTalk(setting: TalkSetting): Talk {
  const { agent, session, source, provider, model, random } = setting;
  const events: DemoEvent[] = [];
  let context = setting.systemTokens;
  let cached = 0;
  let number = 0;
  const head = (atMs: number) => {
    number += 1;
    return { id: `${session}/${number}`, ts: new Date(atMs).toISOString(), agent, session };
  };
  return {
    events,
    contextTokens: () => context,
    say: ({ atMs, role, kind, toolName, text }) => {
      const tokens = tokensOf(text);
      events.push({
        type: 'message',
        ...head(atMs),
        role,
        ...(kind === undefined ? {} : { kind }),
        ...(toolName === undefined ? {} : { toolName }),
        content: text,
        tokens,
      });
      context += tokens;
    },
    call: ({ atMs, latencyMs, outputTokens, cache, error }) => {
      const read = error === undefined && cache === 'warm' ? Math.min(cached, context) : 0;
      const written = provider === 'anthropic' && error === undefined ? context - read : 0;
      const isFailed = error !== undefined;
      events.push({
        type: 'usage',
        ...head(atMs),
        source,
        provider,
        model,
        inputTokens: isFailed ? 0 : context,
        cacheReadTokens: read,
        cacheWriteTokens: written,
        outputTokens: isFailed ? 0 : outputTokens,
        latencyMs: Math.round(latencyMs),
        ...(isFailed ? {} : { ttftMs: Math.round(Math.min(latencyMs, 300 + random() * 900)) }),
        status: isFailed ? 'error' : 'ok',
        ...(isFailed ? { error } : {}),
      });
      if (!isFailed) cached = context;
    },
    tool: ({ atMs, name, durationMs, isOk = true }) =>
      void events.push({
        type: 'operation',
        ...head(atMs),
        name,
        kind: 'tool',
        durationMs: Math.round(durationMs),
        status: isOk ? 'ok' : 'error',
      }),
    compact: ({ atMs, summary }) => {
      const before = context;
      cached = 0;
      context = setting.systemTokens + tokensOf(summary);
      events.push(
        {
          type: 'operation',
          ...head(atMs),
          name: 'auto-compact',
          kind: 'compact',
          durationMs: 9_000 + Math.round(random() * 12_000),
          tokensBefore: before,
          tokensAfter: context,
        },
        {
          type: 'message',
          ...head(atMs),
          role: 'system',
          kind: 'summary',
          content: summary,
          tokens: tokensOf(summary),
        },
      );
    },
    prune: ({ atMs, tokensMax }) => {
      if (context <= tokensMax) return;
      events.push({
        type: 'operation',
        ...head(atMs),
        name: 'sliding-window',
        kind: 'prune',
        durationMs: 1 + Math.round(random() * 8),
        tokensBefore: context,
        tokensAfter: tokensMax,
      });
      context = tokensMax;
    },
  };
}

/** Measured on these texts with lib/chat/estimate-tokens.ts, which would take four seconds for all of them. */
const charactersPerToken = 4.4;

function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}
