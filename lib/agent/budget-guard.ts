import { randomUUID } from 'node:crypto';
import { type AgentClock, systemClock } from './agent-clock.ts';
import {
  type BudgetHold,
  type BudgetWarning,
  type CallUsage,
  type PlannedCall,
  totalTokens,
} from './budget-call.ts';
import { BudgetUnavailable } from './budget-error.ts';
import { HoldClient } from './hold-client.ts';
import { type LocalBudget, LocalBudgets, type LocalSpend } from './local-budgets.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';
import { tellHost } from './tell-host.ts';

export const budgetGuardBounds = {
  /** How long the server may take to say yes or no. */
  timeoutMs: { default: 3_000, min: 1, max: 60_000, unit: 'ms' },
  /** When a hold that is never settled ends. */
  ttlSeconds: { default: 600, min: 1, max: 86_400, unit: 'seconds' },
} as const;

export type BudgetGuardOptions = NumericOptions<typeof budgetGuardBounds> & {
  /** The app that keeps the budgets, and a key with the scope `holds`. With it the server decides. */
  readonly server?: { readonly url: string; readonly key: string } | undefined;
  /** Budgets of this process, kept in memory. Used only without a server. */
  readonly budgets?: readonly LocalBudget[] | undefined;
  /** For calls that name no agent. */
  readonly agent?: string | undefined;
  /** Of local budgets. Default UTC. */
  readonly timeZone?: string | undefined;
  /**
   * `closed` (default) refuses calls while the server does not answer, unless the owner of all the budgets
   * chose otherwise. `open` lets them go.
   */
  readonly whenUnavailable?: 'closed' | 'open' | undefined;
  /** Called before the money is gone: at a threshold, or when the server says that a call can cross one. */
  readonly onWarning?: ((warning: BudgetWarning) => void) | undefined;
  /** What a settlement that never arrived was about. The hold expires by itself. */
  readonly onTrouble?: ((reason: string) => void) | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: AgentClock | undefined;
  readonly newId?: (() => string) | undefined;
};

export type BudgetGuardReport = {
  readonly held: number;
  readonly refused: number;
  readonly unsettled: number;
  readonly spend: readonly LocalSpend[];
};

/** Reserves the most that a call can cost before it is made, and settles it with what it did cost. */
export class BudgetGuard {
  readonly #options: BudgetGuardOptions;
  readonly #client: HoldClient | null;
  readonly #local: LocalBudgets;
  #held = 0;
  #refused = 0;
  #unsettled = 0;
  #isClosed = false;

  /** @throws RangeError for an option out of bounds. */
  constructor(options: BudgetGuardOptions = {}) {
    const bounds = resolveOptions('BudgetGuard', budgetGuardBounds, options);
    const clock = options.clock ?? systemClock;
    this.#options = options;
    this.#local = new LocalBudgets(options.server === undefined ? (options.budgets ?? []) : [], {
      timeZone: options.timeZone ?? 'UTC',
      now: clock.now,
      onWarning: (warning) => tellHost(options.onWarning, warning),
    });
    this.#client =
      options.server === undefined
        ? null
        : new HoldClient({
            ...bounds,
            url: new URL(options.server.url).href.replace(/\/+$/, ''),
            key: options.server.key,
            fetch: options.fetch ?? ((input, init) => fetch(input, init)),
            clock,
          });
  }

  /**
   * Reserves a call.
   * @throws BudgetExceeded when a hard budget has no room; BudgetUnavailable when the server does not answer.
   */
  async hold(call: PlannedCall): Promise<BudgetHold> {
    if (this.#isClosed) throw new BudgetUnavailable('the budget guard was closed');
    const named = { ...call, agent: call.agent ?? this.#options.agent ?? 'agent' };
    const id = (this.#options.newId ?? randomUUID)();
    try {
      const local = this.#local.reserve(named);
      const isReserved = this.#client === null || (await this.#reserve(this.#client, { id, call: named }));
      this.#held++;
      return this.#toHold({ id, isReserved, provider: call.provider, local });
    } catch (error) {
      this.#refused++;
      throw error;
    }
  }

  /** Holds, calls, settles; releases when the call throws. `usageOf` reads what the answer used. */
  async run<R>(
    call: PlannedCall,
    make: (hold: BudgetHold) => Promise<R>,
    usageOf: (answer: R) => CallUsage,
  ): Promise<R> {
    const hold = await this.hold(call);
    let answer: R;
    try {
      answer = await make(hold);
    } catch (error) {
      await hold.release();
      throw error;
    }
    await hold.settle(usageOf(answer));
    return answer;
  }

  report(): BudgetGuardReport {
    return {
      held: this.#held,
      refused: this.#refused,
      unsettled: this.#unsettled,
      spend: this.#local.spend(),
    };
  }

  /** Later calls are refused; holds that are out can still be settled. */
  close(): void {
    this.#isClosed = true;
  }

  async #reserve(
    client: HoldClient,
    { id, call }: { readonly id: string; readonly call: PlannedCall & { readonly agent: string } },
  ): Promise<boolean> {
    const { onWarning, whenUnavailable } = this.#options;
    if (onWarning !== undefined) {
      void client.warningOf(call).then((warning) => {
        if (warning !== null) tellHost(onWarning, { ...warning, thresholdPercent: null });
      });
    }
    try {
      return (await client.place(id, call)) === 'reserved';
    } catch (error) {
      if (error instanceof BudgetUnavailable && whenUnavailable === 'open') return false;
      throw error;
    }
  }

  #toHold(made: {
    readonly id: string;
    readonly isReserved: boolean;
    readonly provider: string;
    readonly local: ReturnType<LocalBudgets['reserve']>;
  }): BudgetHold {
    const { id, isReserved, local, provider } = made;
    const client = isReserved ? this.#client : null;
    let isOver = false;
    const once = async (here: () => void, there: () => Promise<void> | undefined) => {
      if (isOver) return;
      isOver = true;
      here();
      try {
        await there();
      } catch (error) {
        this.#unsettled++;
        tellHost(this.#options.onTrouble, error instanceof Error ? error.message : String(error));
      }
    };
    return {
      id,
      isReserved,
      settle: (usage) =>
        once(
          () => local.settle(totalTokens(usage)),
          () => client?.settle(id, { ...usage, provider }),
        ),
      release: () => once(local.release, () => client?.release(id)),
    };
  }
}
