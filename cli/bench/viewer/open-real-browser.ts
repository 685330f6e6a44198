import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '#cli/browser/find-browser.mjs';

export type RealTab = {
  readonly page: Page;
  readonly cdp: CDPSession;
  show(): Promise<void>;
  /** Hides the tab and stops its timers and tasks, as the browser does when it was hidden for some minutes. */
  freeze(): Promise<void>;
  /** Lets it go on, hidden as it is. */
  thaw(): Promise<void>;
};

export type RealBrowser = {
  /** A tab that is shown. */
  openTab(viewport: { readonly width: number; readonly height: number }): Promise<RealTab>;
  close(): Promise<void>;
};

const startWithinMs = 60_000;

/**
 * A Chromium whose tabs can be hidden and frozen. In one that Playwright starts itself every page counts as being
 * in front, always: asked to freeze it does nothing.
 */
export async function openRealBrowser(args: readonly string[] = []): Promise<RealBrowser> {
  const { executablePath, env } = await findBrowser({ log: () => {} });
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-browser-'));
  const child = spawn(
    executablePath,
    [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      ...args,
      'about:blank',
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await chromium.connectOverCDP(await endpointOf(child), { noDefaults: true });
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('The browser has no context.');
    return {
      openTab: (viewport) => openTab(context, viewport),
      close: async () => {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function openTab(
  context: BrowserContext,
  viewport: { readonly width: number; readonly height: number },
): Promise<RealTab> {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  const cdp = await context.newCDPSession(page);
  const setFront = async (enabled: boolean): Promise<void> => {
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled });
  };
  const setState = async (state: 'frozen' | 'active'): Promise<void> => {
    await cdp.send('Page.setWebLifecycleState', { state });
  };
  await setFront(true);
  return {
    page,
    cdp,
    show: () => setFront(true),
    freeze: async () => {
      await setFront(false);
      await setState('frozen');
    },
    thaw: () => setState('active'),
  };
}

/** Where it listens, which it says on its own error stream. */
function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(
      () => reject(new Error(`No browser within ${startWithinMs} ms:\n${output}`)),
      startWithinMs,
    );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000);
      const endpoint = /^DevTools listening on (ws:\S+)/m.exec(output)?.[1];
      if (endpoint === undefined) return;
      clearTimeout(timer);
      resolve(endpoint);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The browser ended (${code}):\n${output}`));
    });
  });
}
