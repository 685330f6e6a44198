import { type AgentClock, systemClock } from './agent-clock.ts';
import { BoundedMap } from './bounded-map.ts';
import { BudgetGuard, type BudgetGuardOptions } from './budget-guard.ts';
import { CallMeter } from './call-meter.ts';
import type { ChatMessage } from './chat-message.ts';
import { DropWatch } from './drop-watch.ts';
import { Heartbeat } from './heartbeat.ts';
import { Lifecycle } from './lifecycle.ts';
import type { LocalBudget } from './local-budgets.ts';
import { type PruneContextOptions, pruneContext } from './prune-context.ts';
import { ResultStore } from './result-store.ts';
import { RunEmitter } from './run-emitter.ts';
import { SessionGuard } from './session-guard.ts';
import type { SessionGuardOptions } from './session-guard-options.ts';
import { SessionSemaphores } from './session-semaphores.ts';
import { TokenEstimate } from './token-estimate.ts';
import { ToolRunner, type ToolRunnerOptions } from './tool-runner.ts';
import { UsageClient } from './usage-client.ts';
import type { UsageClientOptions } from './usage-client-options.ts';

export type PlimsollOptions = Pick<
  UsageClientOptions,
  'url' | 'key' | 'spillFile' | 'whenFull' | 'onTrouble' | 'fetch' | 'clock' | 'newId'
> & {
  /** Who spends. Default `agent`. */
  readonly agent?: string | undefined;
  /** For calls that name no session. */
  readonly session?: string | undefined;
  /**
   * Who keeps the budgets: the app (default; the key needs the scope `holds`, and while the app does not
   * answer no call is made), this process, or nobody.
   */
  readonly budget?: 'server' | 'off' | readonly LocalBudget[] | undefined;
  readonly whenUnavailable?: BudgetGuardOptions['whenUnavailable'];
  readonly onWarning?: BudgetGuardOptions['onWarning'];
  /** Limits of each session; the defaults are 500 KB and 200,000 tokens. */
  readonly sessions?:
    | Omit<SessionGuardOptions<ChatMessage>, 'session' | 'keep' | 'onOperation' | 'clock'>
    | undefined;
  readonly heartbeat?: boolean | undefined;
  /** Sessions whose guards are remembered. */
  readonly sessionsMax?: number | undefined;
};

type HoldOptions = {
  readonly session?: string | undefined;
  readonly context?: PruneContextOptions | undefined;
  readonly makeMessage?: ((text: string) => ChatMessage) | undefined;
};

/** All parts, wired: usage and operations go to the app, sessions and budgets are held. */
export class Plimsoll {
  readonly session: string | undefined;
  readonly usage: UsageClient;
  readonly budget: BudgetGuard | null;
  readonly semaphores: SessionSemaphores;
  readonly runs: RunEmitter;
  readonly results = new ResultStore();
  readonly estimate = new TokenEstimate();
  readonly dropWatch = new DropWatch();
  readonly meter: CallMeter;
  readonly heartbeat: Heartbeat | null;
  readonly #options: PlimsollOptions;
  readonly #clock: AgentClock;
  readonly #guards: BoundedMap<string, SessionGuard>;
  readonly #lifecycle = new Lifecycle();

  constructor(options: PlimsollOptions) {
    const clock = options.clock ?? systemClock;
    const { agent = 'agent', fetch } = options;
    this.#options = options;
    this.#clock = clock;
    this.session = options.session;
    this.usage = new UsageClient({ ...options, agent });
    const note = this.usage.note;
    this.budget = makeBudget(options, { agent, clock, fetch });
    this.semaphores = new SessionSemaphores({ clock, onOperation: note });
    this.runs = new RunEmitter({ clock });
    this.meter = new CallMeter({
      track: (event) => this.usage.track(event),
      budget: this.budget,
      estimate: this.estimate,
      clock,
    });
    this.#guards = new BoundedMap({
      sizeMax: options.sessionsMax ?? 1_000,
      renewOnGet: true,
      clock,
      onEvict: (_, guard) => guard.close(),
    });
    this.heartbeat =
      options.heartbeat === false
        ? null
        : new Heartbeat({
            track: (event) => this.usage.track(event),
            agent,
            clock,
            gauges: () => this.#gauges(),
          });
    this.#lifecycle.add('usage', this.usage);
    this.#lifecycle.add('results', this.results);
    this.#lifecycle.add('drop watch', this.dropWatch);
    this.#lifecycle.add('session guards', this.#guards);
    this.#lifecycle.add('runs', this.runs);
    this.#lifecycle.add('semaphores', this.semaphores);
    if (this.budget !== null) this.#lifecycle.add('budget', this.budget);
    if (this.heartbeat !== null) this.#lifecycle.add('heartbeat', this.heartbeat);
  }

  /** The messages to send: the session's limits hold, and `pruneContext` where it is asked for. */
  async hold<T extends ChatMessage>(
    messages: readonly T[],
    options: HoldOptions = {},
  ): Promise<readonly T[]> {
    const { messages: held } = await this.#guardOf(options).fit(messages);
    // The guard gives back messages of the host, and ones made by `makeMessage` for the host's kind.
    return this.#pruneContext(held as readonly T[], options);
  }

  /** The same at once, without a summary. */
  holdNow<T extends ChatMessage>(messages: readonly T[], options: HoldOptions = {}): readonly T[] {
    return this.#pruneContext(this.#guardOf(options).fitNow(messages).messages as readonly T[], options);
  }

  /** A tool runner that reports here. It is closed with the rest. */
  tools(options: Omit<ToolRunnerOptions, 'onOperation' | 'clock'>): ToolRunner {
    const keep = this.results.put;
    const prune = options.prune === false ? false : { keep, ...options.prune };
    const runner = new ToolRunner({ ...options, prune, onOperation: this.usage.note, clock: this.#clock });
    return this.#lifecycle.add('tools', runner);
  }

  /** Sends what waits and stops every part, the last made first. Never throws. */
  async close(): Promise<void> {
    await this.#lifecycle.close();
  }

  #guardOf({ session = this.session ?? '', makeMessage, context }: HoldOptions): SessionGuard {
    const known = this.#guards.get(session);
    if (known !== undefined) return known;
    const guard = new SessionGuard<ChatMessage>({
      ...(makeMessage === undefined ? {} : { makeMessage }),
      // A context limit may leave out the result that a line would refer to.
      repeats: context === undefined,
      ...this.#options.sessions,
      ...(session === '' ? {} : { session }),
      keep: this.results.put,
      onOperation: this.usage.note,
      clock: this.#clock,
    });
    this.#guards.set(session, guard);
    return guard;
  }

  #pruneContext<T extends ChatMessage>(
    messages: readonly T[],
    { context, session }: HoldOptions,
  ): readonly T[] {
    if (context === undefined) return messages;
    const startedMs = this.#clock.elapsed();
    const pruned = pruneContext(messages, { tokenFactor: this.estimate.factor, ...context });
    const { report } = pruned;
    this.dropWatch.noteDropped(pruned.droppedCalls());
    if (report.messagesAfter < report.messagesBefore) {
      this.usage.note({
        name: 'context',
        kind: 'prune',
        durationMs: this.#clock.elapsed() - startedMs,
        tokensBefore: report.tokensBefore,
        tokensAfter: report.tokensAfter,
        ...(session === undefined ? {} : { session }),
        attributes: { messages: report.messagesBefore - report.messagesAfter, conversation: report.kind },
      });
    }
    return pruned.messages;
  }

  #gauges(): Readonly<Record<string, number>> {
    const { queued, onDisk, dropped, sent } = this.usage.report();
    const { running, waiting } = this.semaphores.report();
    const { bytes } = this.results.report();
    return {
      queueDepth: queued,
      queueOnDisk: onDisk,
      eventsDropped: dropped,
      eventsSent: sent,
      sessionsHeld: this.#guards.size,
      runsRunning: running,
      runsWaiting: waiting,
      runsObserved: this.runs.report().runs,
      resultBytes: bytes,
    };
  }
}

/** The toolkit with good defaults. Wrap your model with it, and `close()` it at the end. */
export function createPlimsoll(options: PlimsollOptions): Plimsoll {
  return new Plimsoll(options);
}

function makeBudget(
  options: PlimsollOptions,
  shared: { readonly agent: string; readonly clock: AgentClock; readonly fetch: typeof fetch | undefined },
): BudgetGuard | null {
  const { budget = 'server', url, key, newId, onWarning, whenUnavailable, onTrouble } = options;
  if (budget === 'off') return null;
  const kept = budget === 'server' ? { server: { url, key } } : { budgets: budget };
  return new BudgetGuard({ ...shared, ...kept, newId, onWarning, whenUnavailable, onTrouble });
}
