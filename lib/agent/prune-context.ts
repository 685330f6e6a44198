import { callSignature } from './call-input.ts';
import type { ChatMessage, MessageFacts } from './chat-message.ts';
import { type ConversationKind, conversationKind, kindShares } from './conversation-kind.ts';
import { type CutMessage, fileCutter } from './leave-out-files.ts';
import { groupMessages, type MessageUnits } from './message-units.ts';
import { readMessage } from './read-message.ts';
import { type NumericOptions, type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { type ShortMessages, shrinkTurn } from './shrink-turn.ts';
import { tellHost } from './tell-host.ts';

export const pruneContextBounds = {
  /** Hard: what is sent is never estimated above it, unless the system messages alone are. */
  tokensMax: { default: 4_000, min: 100, max: 10_000_000, unit: 'tokens' },
  /** Messages besides system ones. The last turn stays whole even where it has more. */
  messagesMax: { default: 5, min: 1, max: 100_000, unit: 'messages' },
  /** Newest turns whose file contents stay. */
  fileTurnsMax: { default: 1, min: 0, max: 1_000, unit: 'turns' },
} as const;

export type PruneContextOptions = NumericOptions<typeof pruneContextBounds> & {
  /** Gives a question that stands alone less of the past (default true). Never more than the bounds. */
  readonly adaptive?: boolean | undefined;
  /** Corrects the estimate for your model: see `TokenEstimate`. Default 1. */
  readonly tokenFactor?: number | undefined;
  /** Is given one line, like `context: 22 -> 4 messages, 54691 -> 3643 tokens, 93 % less`. */
  readonly log?: ((line: string) => void) | undefined;
};

export type PruneContextReport = {
  readonly kind: ConversationKind;
  readonly messagesBefore: number;
  readonly messagesAfter: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** 0 to 100, one decimal. */
  readonly percentLess: number;
  /** False when the last turn itself had to be shortened. */
  readonly lastTurnWhole: boolean;
  /** False only when the system messages and the barest last turn are above the limit. */
  readonly fits: boolean;
  /** Paths whose contents were left out of messages that stayed. */
  readonly filesLeftOut: readonly string[];
};

export type PrunedContext<T> = {
  readonly messages: readonly T[];
  readonly report: PruneContextReport;
  /** Signatures of the tool calls that were dropped, at most 1,000: for `DropWatch`. Computed when asked. */
  readonly droppedCalls: () => readonly string[];
};

/**
 * The part of a history that is worth sending: system messages, the last turn whole, and before it whole
 * messages, the newest first, as many as the limits allow. Tool calls are never parted from their results, and
 * what stays begins with a user's message. Nothing is changed in place.
 * @throws RangeError for an option out of bounds.
 */
export function pruneContext<T extends ChatMessage>(
  messages: readonly T[],
  options: PruneContextOptions = {},
): PrunedContext<T> {
  const {
    messages: kept,
    report,
    droppedCalls,
  } = pruneKnownContext(messages, options, { read: readMessage });
  return { messages: kept, report, droppedCalls };
}

/** What is known of messages that never change, for a history that is pruned again and again. */
export type KnownMessages = {
  readonly read: (message: ChatMessage) => MessageFacts;
  readonly cuts?: WeakMap<ChatMessage, CutMessage>;
  readonly short?: ShortMessages;
};

export function pruneKnownContext<T extends ChatMessage>(
  messages: readonly T[],
  options: PruneContextOptions,
  known: KnownMessages,
): PrunedContext<T> & {
  /** Without calls that were never answered and results that nobody asked for, which are never sent. */
  readonly messagesSound: number;
} {
  const bounds = resolveOptions('pruneContext', pruneContextBounds, options);
  const history = groupMessages(messages, known.read);
  const kind = conversationKind({ messages, ...history });
  const pruned = choose(messages, { history, limits: limitsOf(bounds, { kind, options }), bounds, known });
  const tokensBefore = history.facts.reduce((sum, fact) => sum + fact.tokens, 0);
  const tokensAfter = pruned.messages.reduce((sum, message) => sum + known.read(message).tokens, 0);
  const percentLess = tokensBefore === 0 ? 0 : Math.round((1 - tokensAfter / tokensBefore) * 1_000) / 10;
  const report: PruneContextReport = {
    kind,
    messagesBefore: messages.length,
    messagesAfter: pruned.messages.length,
    tokensBefore,
    tokensAfter,
    percentLess,
    lastTurnWhole: pruned.lastTurnWhole,
    fits: tokensAfter * (options.tokenFactor ?? 1) <= bounds.tokensMax,
    filesLeftOut: pruned.filesLeftOut,
  };
  tellHost(
    options.log,
    `context: ${messages.length} -> ${report.messagesAfter} messages, ${tokensBefore} -> ${tokensAfter} tokens, ${percentLess} % less`,
  );
  const messagesSound = history.units.reduce(
    (sum, { indices, isBroken }) => sum + (isBroken ? 0 : indices.length),
    0,
  );
  return {
    messages: pruned.messages,
    report,
    droppedCalls: () => droppedCalls(history, pruned.kept),
    messagesSound,
  };
}

type Limits = { readonly tokens: number; readonly tokensOfPast: number; readonly messages: number };

function limitsOf(
  bounds: ResolvedOptions<typeof pruneContextBounds>,
  { kind, options }: { readonly kind: ConversationKind; readonly options: PruneContextOptions },
): Limits {
  const shares = options.adaptive === false ? kindShares.dialogue : kindShares[kind];
  const tokens = Math.floor(bounds.tokensMax / (options.tokenFactor ?? 1));
  return {
    tokens,
    tokensOfPast: Math.floor(tokens * shares.tokens),
    messages: Math.max(1, Math.floor(bounds.messagesMax * shares.messages)),
  };
}

type Choice<T> = {
  readonly messages: readonly T[];
  readonly lastTurnWhole: boolean;
  readonly filesLeftOut: readonly string[];
  readonly kept: ReadonlySet<number>;
};

function choose<T extends ChatMessage>(
  messages: readonly T[],
  input: {
    readonly history: MessageUnits;
    readonly limits: Limits;
    readonly bounds: ResolvedOptions<typeof pruneContextBounds>;
    readonly known: KnownMessages;
  },
): Choice<T> {
  const { history, limits } = input;
  const { facts, units, lastTurnStart } = history;
  const system = messages.flatMap((message, index) => (facts[index]?.role === 'system' ? [message] : []));
  const systemTokens = facts.reduce((sum, fact) => sum + (fact.role === 'system' ? fact.tokens : 0), 0);
  const sound = units.filter(
    ({ isBroken, indices }) => !isBroken && facts[indices[0] ?? 0]?.role !== 'system',
  );
  const isOfLastTurn = (unit: { readonly indices: readonly number[] }) =>
    (unit.indices.at(-1) ?? 0) >= lastTurnStart;

  const lastTurn = sound.filter(isOfLastTurn).flatMap(({ indices }) => indices);
  const kept = new Set(lastTurn);
  // Of one message or of many: they stand in their first order again.
  const inOrder = (indices: Iterable<number>) => [...indices].sort((a, b) => a - b);
  const turn = inOrder(lastTurn).flatMap((index) => messages[index] ?? []);
  const turnTokens = lastTurn.reduce((sum, index) => sum + (facts[index]?.tokens ?? 0), 0);
  if (systemTokens + turnTokens > limits.tokens) {
    const shrunk = shrinkTurn(turn, { tokensMax: Math.max(0, limits.tokens - systemTokens) }, input.known);
    return { messages: [...system, ...shrunk.messages], lastTurnWhole: false, filesLeftOut: [], kept };
  }

  const { cut, leftOut } = fileCutter({
    messages,
    facts,
    fileTurnsMax: input.bounds.fileTurnsMax,
    known: input.known.cuts,
  });
  const past = new Map<number, T>();
  let tokens = systemTokens + turnTokens;
  for (const unit of sound.filter((other) => !isOfLastTurn(other)).reverse()) {
    if (kept.size + unit.indices.length > limits.messages) break;
    const cutUnit = unit.indices.map((index) => [index, cut(index)] as const);
    const unitTokens = cutUnit.reduce((sum, [, message]) => sum + input.known.read(message).tokens, 0);
    if (tokens + unitTokens > limits.tokensOfPast) break;
    tokens += unitTokens;
    for (const [index, message] of cutUnit) {
      kept.add(index);
      past.set(index, message);
    }
  }
  // Some providers refuse a conversation that does not begin with the user.
  for (const index of inOrder(past.keys())) {
    if (facts[index]?.role === 'user') break;
    past.delete(index);
    kept.delete(index);
  }
  const before = inOrder(past.keys()).flatMap((index) => past.get(index) ?? []);
  return { messages: [...system, ...before, ...turn], lastTurnWhole: true, filesLeftOut: leftOut(), kept };
}

function droppedCalls({ facts }: MessageUnits, kept: ReadonlySet<number>): readonly string[] {
  const signatures = facts.flatMap(({ calls }, index) => (kept.has(index) ? [] : calls.map(callSignature)));
  return [...new Set(signatures)].slice(0, 1_000);
}
