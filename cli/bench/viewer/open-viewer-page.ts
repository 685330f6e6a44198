import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '#cli/browser/find-browser.mjs';
import { repositoryRoot } from '../../launcher/repository-root.mjs';
import { openRealBrowser, type RealTab } from './open-real-browser.ts';

/** The page of cli/viewer-page, built for production, and the one Chromium in which all lists are measured. */
export type ViewerBench = {
  /** A page of its own, 800 px square, with precise memory figures. */
  open(): Promise<{ readonly page: Page; readonly cdp: CDPSession }>;
  /** The same in a browser of its own, as a tab that can be hidden and frozen, for memory and not for speed. */
  openTab(): Promise<RealTab & { close(): Promise<void> }>;
  close(): Promise<void>;
};

const origin = 'http://viewer.bench';
/**
 * V8 counts what its optimising compilers write into the heap, and they go on for as long as some function
 * becomes hot: in eight minutes 0.25 MB of code and nothing else (heap snapshots), as much as the soak's gate.
 * Without them the heap is what the page holds.
 */
const stillCode = '--js-flags=--no-opt --no-maglev';
const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

export async function openViewerBench(): Promise<ViewerBench> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-viewer-'));
  await build({
    root: join(repositoryRoot, 'cli/viewer-page'),
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: folder, emptyOutDir: true, target: 'esnext' },
  });
  const { executablePath, env } = await findBrowser({ log: () => {} });
  const browser: Browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage', '--enable-precise-memory-info'],
  });
  return {
    open: async () => {
      const context = await browser.newContext({ viewport: { width: 800, height: 800 } });
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await load({ page, cdp, folder });
      return { page, cdp };
    },
    openTab: async () => {
      const real = await openRealBrowser(['--enable-precise-memory-info', stillCode]);
      const tab = await real.openTab({ width: 800, height: 800 });
      await load({ ...tab, folder });
      return { ...tab, close: real.close };
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Loading = { readonly page: Page; readonly cdp: CDPSession; readonly folder: string };

async function load({ page, cdp, folder }: Loading): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const path = normalize(new URL(route.request().url()).pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    const body = await readFile(file).catch(() => null);
    if (body === null) return route.fulfill({ status: 404 });
    const type = types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    await route.fulfill({ body, contentType: type });
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => 'viewerPage' in window);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('HeapProfiler.enable');
}
