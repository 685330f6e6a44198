import { type AgentClock, systemClock } from './agent-clock.ts';
import type { OperationNote } from './agent-event.ts';
import type { ChatMessage } from './chat-message.ts';
import { contentHandle } from './content-handle.ts';
import type { FitReport, FitResult } from './fit-report.ts';
import { type HeldHistory, type HistoryWeight, holdHistory, weighHistory } from './hold-history.ts';
import { type PrunedResults, pruneResults } from './prune-results.ts';
import { prunedNote } from './pruned-note.ts';
import { type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { type Past, SessionCompactor } from './session-compactor.ts';
import { type SessionGuardOptions, sessionGuardBounds } from './session-guard-options.ts';
import { type SessionMarker, writeMarker } from './session-marker.ts';
import { type SplitHistory, selectNewest, splitHistory } from './split-history.ts';
import { tellHost } from './tell-host.ts';

type RecalledHistory<T> = SplitHistory<T> & { readonly recalled: readonly T[] };

const noMarker: SessionMarker = { summedUp: 0, leftOut: 0, summary: '' };
const windowShare = 0.8;
const holdRoundsMax = 4;

/**
 * Holds one session's history under its limits: shortens tool results, then sums up the past, then leaves out
 * the oldest and says so. Call `fit` before every request (or `fitNow`, which does not sum up) and go on with
 * what it gives back. Never throws for what is in a history.
 */
export class SessionGuard<T extends ChatMessage = ChatMessage> {
  readonly #bounds: ResolvedOptions<typeof sessionGuardBounds>;
  readonly #options: SessionGuardOptions<T>;
  readonly #clock: AgentClock;
  readonly #compactor: SessionCompactor<T>;
  /** The first messages of a history that a summary already stands for. */
  #covered: { readonly count: number; readonly key: string; readonly marker: SessionMarker } | null = null;

  /** @throws RangeError for an option out of bounds. */
  constructor(options: SessionGuardOptions<T> = {}) {
    this.#bounds = resolveOptions('SessionGuard', sessionGuardBounds, options);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#compactor = new SessionCompactor<T>({
      bounds: this.#bounds,
      summarise: options.summarise,
      clock: this.#clock,
      tell: (note) => this.#tell(note),
    });
  }

  /** Shortens, sums up at most once, leaves out. */
  async fit(messages: readonly T[]): Promise<FitResult<T>> {
    const startedMs = this.#clock.elapsed();
    const pruned = this.#prune(messages);
    if (this.#isLight(weighHistory(pruned.messages))) return this.#answer(messages, { startedMs, pruned });
    const history = this.#recall(splitHistory(pruned.messages));
    if (this.#isLight(weighSplit(history))) return this.#answer(messages, { startedMs, pruned, history });
    const half = { bytesMax: this.#bounds.bytesMax / 2, tokensMax: this.#tokensTarget() / 2 };
    const { kept, left } = selectNewest(history.rounds, { ...half, turnsMax: this.#bounds.keepTurns });
    const old = left.flatMap((round) => round.messages);
    const past = await this.#compactor.compact(old, history.marker ?? noMarker);
    if (past.compaction === 'done') this.#remember(old, { marker: past.marker, history });
    const rounds = past.compaction === 'done' ? kept : history.rounds;
    return this.#answer(messages, { startedMs, pruned, history: { ...history, rounds }, past });
  }

  /** The same without a summary, at once: for places that cannot wait. */
  fitNow(messages: readonly T[]): FitResult<T> {
    const startedMs = this.#clock.elapsed();
    const pruned = this.#prune(messages);
    if (this.#isLight(weighHistory(pruned.messages))) return this.#answer(messages, { startedMs, pruned });
    const history = this.#recall(splitHistory(pruned.messages));
    const past: Past = { marker: history.marker ?? noMarker, compaction: 'none', failure: null, summedUp: 0 };
    return this.#answer(messages, { startedMs, pruned, history, past });
  }

  /** Aborts a summary that is under way; its `fit` falls back to leaving out. */
  close(): void {
    this.#compactor.close();
  }

  #prune(messages: readonly T[]): PrunedResults<T> {
    const pruned = pruneResults(messages, this.#pruning());
    for (const report of pruned.reports) this.#tell(prunedNote(report));
    return pruned;
  }

  #pruning() {
    const { keep, repeats } = this.#options;
    return { bytesMax: this.#bounds.resultBytesMax, keep, repeats };
  }

  /**
   * Hosts that keep their whole history send it again with each call: what was summed up before is taken from
   * memory instead of being summed up again, which also keeps the beginning the same for a provider's cache.
   */
  #recall(history: SplitHistory<T>): RecalledHistory<T> {
    const covered = this.#covered;
    const none = { ...history, recalled: [] };
    if (covered === null || history.marker !== null) return none;
    const first: T[] = [];
    let from = 0;
    for (; first.length < covered.count && from < history.rounds.length; from++) {
      first.push(...(history.rounds[from]?.messages ?? []));
    }
    if (first.length !== covered.count || keyOf(first) !== covered.key) return none;
    return { ...history, rounds: history.rounds.slice(from), marker: covered.marker, recalled: first };
  }

  #remember(
    old: readonly T[],
    made: { readonly marker: SessionMarker; readonly history: RecalledHistory<T> },
  ): void {
    const all = [...made.history.recalled, ...old];
    this.#covered = { count: all.length, key: keyOf(all), marker: made.marker };
  }

  #tokensTarget(): number {
    return Math.floor(this.#bounds.tokensMax * windowShare);
  }

  #isLight({ bytes, tokens }: HistoryWeight): boolean {
    return bytes <= this.#bounds.bytesMax && tokens <= this.#tokensTarget();
  }

  #answer(
    before: readonly T[],
    made: {
      readonly startedMs: number;
      readonly pruned: PrunedResults<T>;
      readonly history?: SplitHistory<T>;
      readonly past?: Past;
    },
  ): FitResult<T> {
    const weightBefore = weighHistory(before);
    const held =
      made.history === undefined
        ? { messages: made.pruned.messages, leftOut: 0 }
        : this.#hold(before, { pruned: made.pruned, history: made.history, marker: made.past?.marker });
    const after = weighHistory(held.messages);
    const report: FitReport = {
      bytesBefore: weightBefore.bytes,
      bytesAfter: after.bytes,
      tokensBefore: weightBefore.tokens,
      tokensAfter: after.tokens,
      pruned: made.pruned.reports,
      compaction: made.past?.compaction ?? 'none',
      failure: made.past?.failure ?? null,
      summedUp: made.past?.summedUp ?? 0,
      leftOut: held.leftOut,
      fits: this.#isLight(after),
      durationMs: this.#clock.elapsed() - made.startedMs,
    };
    if (held.leftOut > 0) this.#tell(droppedNote(report));
    return { messages: held.messages, report };
  }

  /**
   * Leaves out the oldest. A line may say "same as before" of a result that is left out now: each round looks
   * again at the whole texts of what stays, which may make it too heavy again.
   */
  #hold(
    before: readonly T[],
    made: {
      readonly pruned: PrunedResults<T>;
      readonly history: SplitHistory<T>;
      readonly marker: SessionMarker | undefined;
    },
  ): HeldHistory<T> {
    const limits = { bytesMax: this.#bounds.bytesMax, tokensMax: this.#tokensTarget() };
    const makeMessage = this.#options.makeMessage ?? defaultMessage<T>;
    const marker = made.marker ?? made.history.marker ?? noMarker;
    let held = holdHistory({ ...made.history, marker, limits, makeMessage });
    let whole = new Map(made.pruned.messages.map((message, index) => [message, before[index] ?? message]));
    for (let round = 0; round < holdRoundsMax; round++) {
      const texts = held.messages.map((message) => whole.get(message) ?? message);
      const repeats = this.#options.repeats !== false && round < holdRoundsMax - 1;
      const { messages } = pruneResults(texts, { ...this.#pruning(), repeats });
      if (this.#isLight(weighHistory(messages))) return { messages, leftOut: held.leftOut };
      const history = splitHistory(messages);
      const next = holdHistory({ ...history, marker: history.marker ?? noMarker, limits, makeMessage });
      whole = new Map(messages.map((message, index) => [message, texts[index] ?? message]));
      held = { messages: next.messages, leftOut: held.leftOut + next.leftOut };
    }
    return held;
  }

  #tell(note: OperationNote): void {
    const { session, onOperation } = this.#options;
    tellHost(onOperation, session === undefined ? note : { ...note, session });
  }
}

/** By the first and the last few: enough to tell a history that goes on from another one. */
function keyOf(messages: readonly ChatMessage[]): string {
  return contentHandle(JSON.stringify([messages[0], ...messages.slice(-6)]));
}

function weighSplit({ system, rounds, marker }: SplitHistory<ChatMessage>): HistoryWeight {
  const others = weighHistory([
    ...system,
    { role: 'user', content: marker === null ? '' : writeMarker(marker) },
  ]);
  return {
    bytes: rounds.reduce((sum, round) => sum + round.bytes, others.bytes),
    tokens: rounds.reduce((sum, round) => sum + round.tokens, others.tokens),
  };
}

function droppedNote(report: FitReport): OperationNote {
  return {
    name: 'leave out oldest',
    kind: 'prune',
    durationMs: report.durationMs,
    bytesBefore: report.bytesBefore,
    bytesAfter: report.bytesAfter,
    tokensBefore: report.tokensBefore,
    tokensAfter: report.tokensAfter,
    attributes: { messages: report.leftOut },
  };
}

/** Every kind of history takes a plain message of the user; hosts with another kind give `makeMessage`. */
function defaultMessage<T extends ChatMessage>(text: string): T {
  return { role: 'user', content: text } as unknown as T;
}
