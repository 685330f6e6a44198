import { BoundedMap } from './bounded-map.ts';
import type { BudgetWarning, PlannedCall } from './budget-call.ts';
import { BudgetExceeded } from './budget-error.ts';
import { type LocalPeriod, localWindow } from './local-window.ts';
import { resolveOptions } from './resolve-options.ts';

/** A budget of tokens that the process keeps by itself. */
export type LocalBudget = {
  readonly name: string;
  readonly tokensMax: number;
  readonly period: LocalPeriod;
  /** Only this agent's calls count. Unset: all. */
  readonly agent?: string | undefined;
  /** Each agent has its own. */
  readonly perAgent?: boolean | undefined;
  /** A hard one refuses (default true); a soft one only warns. */
  readonly hard?: boolean | undefined;
  /** Default 50, 80 and 100. */
  readonly thresholdsPercent?: readonly number[] | undefined;
};

export type LocalSpend = {
  readonly budget: string;
  readonly agent: string | null;
  /** First day of the window. */
  readonly window: string;
  readonly spentTokens: number;
  readonly heldTokens: number;
};

type Account = {
  spent: number;
  held: number;
  readonly warned: Set<number>;
  readonly agent: string | null;
  readonly window: string;
};
type Entry = { readonly budget: LocalBudget; readonly account: Account };

const bounds = { tokensMax: { default: 1, min: 1, max: Number.MAX_SAFE_INTEGER, unit: 'tokens' } } as const;
/** Agents times windows; the oldest window goes first. */
const accountsMax = 10_000;

type LocalBudgetsOptions = {
  readonly timeZone: string;
  readonly now: () => number;
  readonly onWarning: (warning: BudgetWarning) => void;
};

/** Token budgets in memory. All that match a call have room, or none is charged. */
export class LocalBudgets {
  readonly #budgets: readonly LocalBudget[];
  readonly #accounts = new BoundedMap<string, Account>({ sizeMax: accountsMax });
  readonly #options: LocalBudgetsOptions;

  /** @throws RangeError for a limit out of bounds or a zone that does not exist. */
  constructor(budgets: readonly LocalBudget[], options: LocalBudgetsOptions) {
    for (const { tokensMax } of budgets) resolveOptions('BudgetGuard', bounds, { tokensMax });
    localWindow('day', { nowMs: options.now(), timeZone: options.timeZone });
    this.#budgets = budgets;
    this.#options = options;
  }

  /** @throws BudgetExceeded when a hard budget has no room for all of it. */
  reserve(call: PlannedCall & { readonly agent: string }): {
    readonly settle: (tokens: number) => void;
    readonly release: () => void;
  } {
    const tokens = call.inputTokens + call.maxOutputTokens;
    const isCount = Number.isFinite(tokens) && call.inputTokens >= 0 && call.maxOutputTokens >= 0;
    const entries = this.#entriesOf(call.agent);
    for (const { budget, account } of entries) {
      const fits = isCount && account.spent + account.held + tokens <= budget.tokensMax;
      if (budget.hard === false || fits) continue;
      throw new BudgetExceeded({
        budget: budget.name,
        unit: 'tokens',
        limit: String(budget.tokensMax),
        spent: String(account.spent),
        held: String(account.held),
        requested: String(tokens),
        resetsAt: null,
      });
    }
    const held = isCount ? tokens : 0;
    for (const { account } of entries) account.held += held;
    const giveBack = () => {
      for (const { account } of entries) account.held -= held;
    };
    return {
      release: giveBack,
      settle: (used) => {
        giveBack();
        // What is no count is charged as what was held: the most that it can be.
        const charged = Number.isFinite(used) && used >= 0 ? used : held;
        for (const entry of entries) this.#charge(entry, charged);
      },
    };
  }

  spend(): readonly LocalSpend[] {
    return [...this.#accounts.entries()].map(([key, account]) => ({
      budget: key.slice(0, key.indexOf('\n')),
      agent: account.agent,
      window: account.window,
      spentTokens: account.spent,
      heldTokens: account.held,
    }));
  }

  #entriesOf(agent: string): readonly Entry[] {
    return this.#budgets.flatMap((budget) => {
      if (budget.agent !== undefined && budget.agent !== agent) return [];
      const window = localWindow(budget.period, {
        nowMs: this.#options.now(),
        timeZone: this.#options.timeZone,
      });
      const owner = budget.perAgent === true ? agent : null;
      const key = `${budget.name}\n${window}\n${owner ?? ''}`;
      const account = this.#accounts.get(key) ?? {
        spent: 0,
        held: 0,
        warned: new Set<number>(),
        agent: owner,
        window,
      };
      if (!this.#accounts.has(key)) this.#accounts.set(key, account);
      return [{ budget, account }];
    });
  }

  #charge({ budget, account }: Entry, tokens: number): void {
    account.spent += tokens;
    const percent = (account.spent / budget.tokensMax) * 100;
    for (const threshold of budget.thresholdsPercent ?? [50, 80, 100]) {
      if (percent < threshold || account.warned.has(threshold)) continue;
      account.warned.add(threshold);
      this.#options.onWarning({
        budget: budget.name,
        thresholdPercent: threshold,
        message: `${account.spent} of ${budget.tokensMax} tokens are spent (${Math.floor(percent)} %).`,
      });
    }
  }
}
