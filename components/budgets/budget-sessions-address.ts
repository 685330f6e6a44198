import type { Route } from 'next';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { sessionsAddress } from '#lib/client/sessions-address.ts';

/** Where the sessions are that a budget counts; null for a scope that the list cannot be narrowed to. */
export function budgetSessionsAddress({ scope }: Pick<BudgetView, 'scope'>): Route | null {
  const { session, provider, agent, model, source } = scope;
  if (provider !== undefined || [session, agent, model].some((name) => name?.includes('*'))) return null;
  if (session !== undefined) return `/sessions/${encodeURIComponent(session)}` as Route;
  return sessionsAddress({ agent, model, source }) as Route;
}
