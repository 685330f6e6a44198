import type { AgentClock } from './agent-clock.ts';
import type { CallUsage, PlannedCall } from './budget-call.ts';
import { BudgetExceeded, BudgetUnavailable } from './budget-error.ts';
import { isObject, type JsonObject, textOf } from './chat-message.ts';

type HoldClientOptions = {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof fetch;
  readonly clock: AgentClock;
  readonly timeoutMs: number;
  readonly ttlSeconds: number;
};

type Answer = { readonly status: number; readonly body: JsonObject };

const settleAttemptsMax = 4;
const settleRetryMs = 500;

/** Asks the app for holds. One request each, with a deadline. */
export class HoldClient {
  readonly #options: HoldClientOptions;

  constructor(options: HoldClientOptions) {
    this.#options = options;
  }

  /**
   * Reserves the most that a call can cost.
   * @throws BudgetExceeded when there is no room; BudgetUnavailable when that cannot be told. `open` is what
   * the budgets' owner chose for that case.
   */
  async place(id: string, call: PlannedCall & { readonly agent: string }): Promise<'reserved' | 'open'> {
    const { ttlSeconds } = this.#options;
    const answer = await this.#post('/api/holds', { ...call, id, ttlSeconds });
    const { status, body } = answer;
    if (status === 200 || status === 201) return 'reserved';
    if (status === 402) throw toExceeded(body);
    if (status === 503 && body['whenUnavailable'] === 'open') return 'open';
    throw new BudgetUnavailable(
      `status ${status}${textOf(body['code']) === '' ? '' : `, ${textOf(body['code'])}`}`,
    );
  }

  /** A text when the call would cross a threshold of a budget, else null. Null too when that cannot be told. */
  async warningOf(
    call: PlannedCall & { readonly agent: string },
  ): Promise<{ readonly budget: string; readonly message: string } | null> {
    try {
      const { status, body } = await this.#post('/api/estimate', call);
      const crosses = status === 200 && Array.isArray(body['crosses']) ? body['crosses'] : [];
      const [first] = crosses;
      if (!isObject(first)) return null;
      return {
        budget: textOf(first['name']),
        message: textOf(body['warning']) || 'This call can go over the budget.',
      };
    } catch {
      // A warning that cannot be had must not stop a call that is allowed.
      return null;
    }
  }

  /** Tells what was used, again a few times when that fails; then the hold expires by itself. */
  async settle(id: string, usage: CallUsage & { readonly provider: string }): Promise<void> {
    await this.#insist(`/api/holds/${encodeURIComponent(id)}/settle`, { usage });
  }

  async release(id: string): Promise<void> {
    await this.#insist(`/api/holds/${encodeURIComponent(id)}/release`, {});
  }

  async #insist(path: string, body: unknown): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const trouble = await this.#post(path, body).then(
        ({ status }) => troubleOf(status),
        (error: unknown) => ({
          reason: error instanceof Error ? error.message : String(error),
          isFinal: false,
        }),
      );
      if (trouble === null) return;
      if (trouble.isFinal || attempt === settleAttemptsMax) throw new BudgetUnavailable(trouble.reason);
      await new Promise<void>((resolve) => this.#options.clock.after(settleRetryMs * 2 ** attempt, resolve));
    }
  }

  /** @throws BudgetUnavailable when there is no answer in time. */
  async #post(path: string, body: unknown): Promise<Answer> {
    const { clock, timeoutMs, url, key } = this.#options;
    const late = new AbortController();
    const cancel = clock.after(timeoutMs, () => late.abort(new Error(`no answer after ${timeoutMs} ms`)));
    try {
      const response = await this.#options.fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: late.signal,
        redirect: 'manual',
      });
      const json: unknown = await response.json().catch(() => null);
      return { status: response.status, body: isObject(json) ? json : {} };
    } catch (error) {
      throw new BudgetUnavailable(error instanceof Error ? error.message : String(error));
    } finally {
      cancel();
    }
  }
}

/** Null when it is settled, released or gone already. What will be refused again is not asked again. */
function troubleOf(status: number): { readonly reason: string; readonly isFinal: boolean } | null {
  if (status < 300 || status === 404 || status === 409) return null;
  const isFinal = status < 500 && status !== 408 && status !== 425 && status !== 429;
  return { reason: `status ${status}`, isFinal };
}

function toExceeded(body: JsonObject): BudgetExceeded {
  const budget = isObject(body['budget']) ? textOf(body['budget']['name']) : textOf(body['budget']);
  return new BudgetExceeded({
    budget: budget || 'unknown',
    unit: body['unit'] === 'tokens' ? 'tokens' : 'usd',
    limit: String(body['limit'] ?? ''),
    spent: String(body['spent'] ?? ''),
    held: String(body['held'] ?? ''),
    requested: String(body['requested'] ?? ''),
    resetsAt: textOf(body['resetsAt']) || null,
  });
}
