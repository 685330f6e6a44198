/** A hard budget has no room for a call. Money as decimal USD, tokens as digits. */
export class BudgetExceeded extends Error {
  readonly code = 'budget_exceeded';
  readonly budget: string;
  readonly unit: 'usd' | 'tokens';
  readonly limit: string;
  readonly spent: string;
  readonly held: string;
  readonly requested: string;
  /** When there is more; null where that is not known. */
  readonly resetsAt: string | null;

  constructor(told: {
    readonly budget: string;
    readonly unit: 'usd' | 'tokens';
    readonly limit: string;
    readonly spent: string;
    readonly held: string;
    readonly requested: string;
    readonly resetsAt: string | null;
  }) {
    super(
      `The budget "${told.budget}" has no room: ${told.spent} of ${told.limit} ${told.unit} spent, ${told.held} held, ${told.requested} asked for.`,
    );
    this.name = 'BudgetExceeded';
    this.budget = told.budget;
    this.unit = told.unit;
    this.limit = told.limit;
    this.spent = told.spent;
    this.held = told.held;
    this.requested = told.requested;
    this.resetsAt = told.resetsAt;
  }
}

/** The server that keeps the budgets does not answer, and hard budgets fail closed. */
export class BudgetUnavailable extends Error {
  readonly code = 'budget_unavailable';

  constructor(reason: string) {
    super(`The budgets cannot be asked (${reason}), so the call is not made.`);
    this.name = 'BudgetUnavailable';
  }
}
