import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { holdSettlement, newHold } from '#lib/budget/new-hold.ts';
import type { BudgetWarning, PlannedCall } from './budget-call.ts';
import { BudgetExceeded, BudgetUnavailable } from './budget-error.ts';
import { BudgetGuard } from './budget-guard.ts';
import { localWindow } from './local-window.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-21T10:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const call: PlannedCall = { provider: 'openai', model: 'gpt-5', inputTokens: 600, maxOutputTokens: 200 };
const used = { inputTokens: 300, cacheReadTokens: 200, outputTokens: 100 };

describe('BudgetGuard by itself', () => {
  const daily = { name: 'daily', tokensMax: 2_000, period: 'day' } as const;

  test('what is held counts until it is settled, and then what was used', async () => {
    const guard = new BudgetGuard({ budgets: [daily] });
    const [first, second] = [await guard.hold(call), await guard.hold(call)];
    await expect(guard.hold(call)).rejects.toThrow(BudgetExceeded);
    await expect(guard.hold(call)).rejects.toMatchObject({
      budget: 'daily',
      spent: '0',
      held: '1600',
      requested: '800',
      unit: 'tokens',
    });
    await first.settle(used);
    await second.release();
    expect(guard.report().spend).toEqual([
      { budget: 'daily', agent: null, window: '2026-11-21', spentTokens: 600, heldTokens: 0 },
    ]);
    await guard.hold(call);
    expect(guard.report()).toMatchObject({ held: 3, refused: 2 });
  });

  test('a hold is over once, however often it is settled or released', async () => {
    const guard = new BudgetGuard({ budgets: [daily] });
    const hold = await guard.hold(call);
    await Promise.all([hold.settle(used), hold.settle(used), hold.release()]);
    expect(guard.report().spend[0]).toMatchObject({ spentTokens: 600, heldTokens: 0 });
  });

  test('a call that throws gives its hold back', async () => {
    const guard = new BudgetGuard({ budgets: [daily] });
    const crash = guard.run(
      call,
      () => Promise.reject(new Error('model is down')),
      () => used,
    );
    await expect(crash).rejects.toThrow('model is down');
    expect(guard.report().spend[0]).toMatchObject({ spentTokens: 0, heldTokens: 0 });
  });

  test('each threshold warns once a window; a soft budget never refuses', async () => {
    const told: BudgetWarning[] = [];
    const guard = new BudgetGuard({
      budgets: [{ ...daily, hard: false }],
      onWarning: (warning) => told.push(warning),
    });
    for (let index = 0; index < 6; index++)
      await guard.run(
        call,
        async () => null,
        () => used,
      );
    expect(told.map(({ thresholdPercent }) => thresholdPercent)).toEqual([50, 80, 100]);
    vi.advanceTimersByTime(86_400_000);
    for (let index = 0; index < 2; index++)
      await guard.run(
        call,
        async () => null,
        () => used,
      );
    expect(told.map(({ thresholdPercent }) => thresholdPercent)).toEqual([50, 80, 100, 50]);
  });

  test('an agent has its own budget, and a new day gives a new one', async () => {
    const guard = new BudgetGuard({ budgets: [{ ...daily, tokensMax: 800, perAgent: true }] });
    await guard.hold({ ...call, agent: 'a' });
    await guard.hold({ ...call, agent: 'b' });
    await expect(guard.hold({ ...call, agent: 'a' })).rejects.toThrow(BudgetExceeded);
    vi.advanceTimersByTime(14 * 3_600_000);
    await guard.hold({ ...call, agent: 'a' });
  });

  test('all matching budgets have room, or none is charged', async () => {
    const guard = new BudgetGuard({ budgets: [daily, { name: 'month', tokensMax: 700, period: 'month' }] });
    await expect(guard.hold(call)).rejects.toMatchObject({ budget: 'month' });
    expect(guard.report().spend.every(({ heldTokens }) => heldTokens === 0)).toBe(true);
  });

  test.each([
    ['day', '2026-11-22'],
    ['week', '2026-11-16'],
    ['month', '2026-11-01'],
  ] as const)('a %s begins in the zone that was asked', (period, first) => {
    expect(localWindow(period, { nowMs: Date.parse('2026-11-21T16:00:00Z'), timeZone: 'Asia/Tokyo' })).toBe(
      first,
    );
  });
});

describe('BudgetGuard with a server', () => {
  const server = { url: 'http://plimsoll.test/', key: 'key' };

  function withAnswers(...answers: (Response | Error)[]) {
    const asked: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
    const ask: typeof fetch = async (url, init) => {
      asked.push({ path: new URL(String(url)).pathname, body: JSON.parse(String(init?.body)) });
      const answer = answers.shift() ?? new Response('{}', { status: 200 });
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { asked, fetch: ask };
  }
  const created = () => Response.json({}, { status: 201 });

  test('the server holds, and is told what was used', async () => {
    const { asked, fetch } = withAnswers(created());
    const guard = new BudgetGuard({ server, fetch, agent: 'bot', newId: () => 'hold-1' });
    await guard.run(
      { ...call, session: 's' },
      async () => 'answer',
      () => used,
    );
    expect(asked.map(({ path }) => path)).toEqual(['/api/holds', '/api/holds/hold-1/settle']);
    expect(newHold.safeParse(asked[0]?.body).success).toBe(true);
    expect(holdSettlement.safeParse(asked[1]?.body).success).toBe(true);
    expect(asked[0]?.body).toEqual({
      id: 'hold-1',
      agent: 'bot',
      session: 's',
      provider: 'openai',
      model: 'gpt-5',
      inputTokens: 600,
      maxOutputTokens: 200,
      ttlSeconds: 600,
    });
    expect(asked[1]?.body).toEqual({ usage: { ...used, provider: 'openai' } });
  });

  test('402 says which budget, and nothing is called', async () => {
    const problem = {
      code: 'budget_exceeded',
      budget: { id: 'x', name: 'November' },
      unit: 'usd',
      limit: '10',
      spent: '9.9',
      held: '0',
      requested: '0.4',
      resetsAt: '2026-12-01T00:00:00.000Z',
    };
    const { fetch } = withAnswers(Response.json(problem, { status: 402 }));
    const made = vi.fn();
    const refused = new BudgetGuard({ server, fetch }).run(call, made, () => used);
    await expect(refused).rejects.toMatchObject({
      code: 'budget_exceeded',
      budget: 'November',
      requested: '0.4',
      resetsAt: '2026-12-01T00:00:00.000Z',
    });
    expect(made).not.toHaveBeenCalled();
  });

  test.each([
    ['is away', () => new Error('refused')],
    ['fails', () => new Response('', { status: 500 })],
    ['does not know the key', () => Response.json({ code: 'unauthenticated' }, { status: 401 })],
    [
      'has no database',
      () => Response.json({ code: 'budget_unavailable', whenUnavailable: 'closed' }, { status: 503 }),
    ],
  ])('a server that %s fails closed, and open where that was chosen', async (_, answer) => {
    await expect(new BudgetGuard({ server, ...withAnswers(answer()) }).hold(call)).rejects.toThrow(
      BudgetUnavailable,
    );
    const { asked, fetch } = withAnswers(answer());
    const hold = await new BudgetGuard({ server, fetch, whenUnavailable: 'open' }).hold(call);
    expect(hold.isReserved).toBe(false);
    await hold.settle(used);
    expect(asked).toHaveLength(1);
  });

  test('the owner of the budgets may have chosen open', async () => {
    const away = Response.json({ code: 'budget_unavailable', whenUnavailable: 'open' }, { status: 503 });
    const hold = await new BudgetGuard({ server, ...withAnswers(away) }).hold(call);
    expect(hold.isReserved).toBe(false);
  });

  test('a server that hangs is given up in time', async () => {
    const hang: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    const held = new BudgetGuard({ server, fetch: hang }).hold(call);
    const refused = expect(held).rejects.toThrow('no answer after 3000 ms');
    await vi.advanceTimersByTimeAsync(3_000);
    await refused;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a settlement that fails is told again, and in the end reported, never thrown', async () => {
    const down = () => new Response('', { status: 503 });
    const troubles: string[] = [];
    const { asked, fetch } = withAnswers(created(), down(), down(), down(), down());
    const guard = new BudgetGuard({ server, fetch, onTrouble: (reason) => troubles.push(reason) });
    const hold = await guard.hold(call);
    const settled = hold.settle(used);
    await vi.advanceTimersByTimeAsync(60_000);
    await settled;
    expect(asked).toHaveLength(5);
    expect(troubles).toHaveLength(1);
    expect(guard.report().unsettled).toBe(1);
  });

  test('a settlement that the server refuses is not told again', async () => {
    const troubles: string[] = [];
    const { asked, fetch } = withAnswers(created(), new Response('{}', { status: 400 }));
    const guard = new BudgetGuard({ server, fetch, onTrouble: (reason) => troubles.push(reason) });
    await (await guard.hold(call)).settle(used);
    expect(asked).toHaveLength(2);
    expect(troubles).toHaveLength(1);
  });

  test('a call that can cross a threshold is warned of, beside the hold', async () => {
    const told: BudgetWarning[] = [];
    const { fetch } = withAnswers(
      Response.json({ crosses: [{ id: '1', name: 'November', hard: true }], warning: 'Above 80 %.' }),
      created(),
    );
    const guard = new BudgetGuard({ server, fetch, onWarning: (warning) => told.push(warning) });
    await guard.hold(call);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([{ budget: 'November', message: 'Above 80 %.', thresholdPercent: null }]);
  });
});
