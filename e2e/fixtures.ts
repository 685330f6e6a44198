import { test as base, expect } from '@playwright/test';
import { adminKey } from './admin-key.ts';

type Fixtures = {
  /** Posts events as an agent would; fails unless every one was stored. */
  ingest: (events: readonly Readonly<Record<string, unknown>>[]) => Promise<void>;
  /** Signs the page's browser in, by the page that people use. */
  signIn: () => Promise<void>;
  /** Messages of errors that a test expects on the console; all others fail it. */
  expectedConsoleErrors: RegExp[];
  consoleGuard: undefined;
};

/** Playwright's `test` with what every spec needs. An error on the browser's console fails the test. */
export const test = base.extend<Fixtures>({
  expectedConsoleErrors: async ({ page: _ }, use) => use([]),
  consoleGuard: [
    async ({ page, expectedConsoleErrors }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(String(error)));
      await use(undefined);
      const unexpected = errors.filter((text) => !expectedConsoleErrors.some((known) => known.test(text)));
      expect(unexpected, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
  ingest: async ({ playwright, baseURL }, use) => {
    const headers = { Authorization: `Bearer ${adminKey}` };
    const request = await playwright.request.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      extraHTTPHeaders: headers,
    });
    await use(async (events) => {
      const response = await request.post('/api/ingest', { data: { events } });
      expect(response.status(), await response.text()).toBe(200);
    });
    await request.dispose();
  },
  signIn: async ({ page }, use) => {
    await use(async () => {
      await page.goto(`/login#token=${adminKey}`);
      await page.waitForURL('/');
    });
  },
});

export { expect } from '@playwright/test';
