import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';

export type PageQuestion = {
  readonly path: string;
  /** What stands on the page once its data is drawn. */
  readonly ready: string;
};

export type PageTiming = {
  readonly lcpMs: number;
  /** From the navigation until what the page is for was drawn. */
  readonly usableMs: number;
  readonly longestTaskMs: number;
  /** Layout shift, of which 0.1 is called good. */
  readonly shift: number;
  /** As it came over the wire, packed, headers left out. */
  readonly scriptBytes: number;
  readonly queryMs: number;
};

/** What a page goes on to load and draw by itself after it is usable. */
const settleMs = 3_000;

type Seen = { lcpMs: number; longestTaskMs: number; shift: number };

/** Opens a page with an empty cache and a signed-in cookie, and leaves it alone until it has settled. */
export async function measurePage(
  browser: Browser,
  { url, storageState, question }: MeasureOptions,
): Promise<PageTiming> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ path: join(import.meta.dirname, 'watch-page.mjs') });
    const sizes: Promise<number>[] = [];
    const queries: number[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') {
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
      }
      const { pathname } = new URL(request.url());
      if (pathname === '/api/overview' || pathname === '/api/sessions') {
        const { responseEnd, requestStart } = request.timing();
        queries.push(responseEnd - requestStart);
      }
    });
    const start = performance.now();
    await page.goto(`${url}${question.path}`, { waitUntil: 'commit' });
    await page.locator(question.ready).first().waitFor({ state: 'visible' });
    const usableMs = performance.now() - start;
    await page.waitForTimeout(settleMs);
    const seen = await page.evaluate((): Seen => Reflect.get(globalThis, '__seen'));
    const bytes = await Promise.all(sizes);
    return {
      ...seen,
      usableMs,
      scriptBytes: bytes.reduce((sum, size) => sum + size, 0),
      queryMs: queries[0] ?? 0,
    };
  } finally {
    await context.close();
  }
}

type MeasureOptions = {
  readonly url: string;
  readonly storageState: Awaited<ReturnType<BrowserContext['storageState']>>;
  readonly question: PageQuestion;
};
