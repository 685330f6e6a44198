import { expect, it } from 'vitest';
import { budgetSessionsAddress } from './budget-sessions-address.ts';

it.each([
  [{}, '/sessions?sort=cost'],
  [{ agent: 'coder', model: 'gpt-5' }, '/sessions?sort=cost&agent=coder&model=gpt-5'],
  [{ source: 'cron' as const }, '/sessions?sort=cost&source=cron'],
  [{ session: 'a/b' }, '/sessions/a%2Fb'],
  [{ agent: 'coder-*' }, null],
  [{ provider: 'openai' }, null],
])('of the scope %j is %s', (scope, address) => {
  expect(budgetSessionsAddress({ scope })).toBe(address);
});
