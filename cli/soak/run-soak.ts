import { setTimeout as pause } from 'node:timers/promises';
import { measureMemory } from '../bench/viewer/measure-page.ts';
import type { RealTab } from '../bench/viewer/open-real-browser.ts';
import type { ViewerBench } from '../bench/viewer/open-viewer-page.ts';
import type { SoakSample } from './judge-soak.ts';
import type { SoakServer } from './open-soak-server.ts';

export type SoakSize = {
  readonly samples: number;
  /** Of each between two samples. */
  readonly messages: number;
  readonly visits: number;
  readonly jumps: number;
  readonly clears: number;
  readonly cuts: number;
  readonly hidden: number;
};

/** Eight hours at a message a second, twentyfold for bursts, in about eight minutes. */
export const fullSoak: SoakSize = {
  samples: 20,
  messages: 10_000,
  visits: 25,
  jumps: 6,
  clears: 3,
  cuts: 2,
  hidden: 1,
};

/** The same in small, for every run of the tests. */
export const shortSoak: SoakSize = {
  samples: 12,
  messages: 1_500,
  visits: 3,
  jumps: 3,
  clears: 1,
  cuts: 1,
  hidden: 1,
};

const perFrame = 50;
const startRows = 100_000;
const frozenMs = 200;

/** One session stays open and is tailed while others come and go; sampled after collecting garbage. */
export async function runSoak(
  bench: ViewerBench,
  options: {
    readonly size: SoakSize;
    /** False for the negative control: nothing is let go, and the gate must say so. */
    readonly isEvicting: boolean;
    /** A server that works meanwhile, and whose memory is watched. */
    readonly server?: SoakServer;
    readonly onSample?: (sample: SoakSample, index: number) => void;
  },
): Promise<readonly SoakSample[]> {
  const { size, isEvicting } = options;
  const tab = await bench.openTab();
  const { page } = tab;
  const samples: SoakSample[] = [];
  let crashes = 0;
  page.on('pageerror', () => {
    crashes += 1;
  });
  try {
    await page.evaluate((given) => window.viewerPage.mount(given), {
      kind: 'own',
      rows: startRows,
      isPlain: false,
      isEvicting,
    } as const);
    for (let index = 0; index < size.samples; index++) {
      const [left] = await Promise.all([
        liveThrough(tab, { size, isEvicting, index }),
        options.server?.live(index),
      ]);
      await page.evaluate(() => window.viewerPage.toEnd());
      const unfrozen = size.hidden * (index + 1) - (await page.evaluate(() => window.viewerPage.freezes()));
      const serverBytes = (await options.server?.residentBytes()) ?? null;
      const sample = { ...(await takeSample(tab, { left, crashes, unfrozen })), serverBytes };
      samples.push(sample);
      options.onSample?.(sample, index);
    }
    return samples;
  } finally {
    await tab.close();
  }
}

type Stretch = { readonly size: SoakSize; readonly isEvicting: boolean; readonly index: number };

/** @returns what cleared sessions still held, which must be nothing */
async function liveThrough(tab: RealTab, { size, isEvicting, index }: Stretch): Promise<number> {
  const { page } = tab;
  const half = size.messages / 2;
  await page.evaluate(([count, each]) => window.viewerPage.tail(count, each), [half, perFrame] as const);
  for (let jump = 0; jump < size.jumps; jump++) {
    const seq = ((index * size.jumps + jump) * 61_803) % startRows;
    await page.evaluate((target) => window.viewerPage.goTo(target), seq);
  }
  await page.evaluate(([count, each]) => window.viewerPage.tail(count, each), [half, perFrame] as const);
  await page.evaluate(() => window.viewerPage.toEnd());
  for (let cut = 0; cut < size.cuts; cut++) {
    await page.evaluate((missed) => window.viewerPage.cutStream(missed), cut % 2 === 0 ? 120 : 5_000);
  }
  for (let cycle = 0; cycle < size.hidden; cycle++) {
    await tab.freeze();
    await pause(frozenMs);
    await tab.thaw();
    await tab.show();
  }
  await page.evaluate(([count, evicting]) => window.viewerPage.visitSessions(count, evicting, false), [
    size.visits,
    isEvicting,
  ] as const);
  return page.evaluate(([count, evicting]) => window.viewerPage.visitSessions(count, evicting, true), [
    size.clears,
    isEvicting,
  ] as const);
}

async function takeSample(
  { page, cdp }: RealTab,
  { left, crashes, unfrozen }: { readonly left: number; readonly crashes: number; readonly unfrozen: number },
): Promise<Omit<SoakSample, 'serverBytes'>> {
  const stats = await page.evaluate(() => window.viewerPage.stats());
  return {
    ...(await measureMemory(cdp)),
    held: {
      pages: { size: stats.pages ?? 0, max: 40 },
      'tail ring': { size: stats.ring ?? 0, max: 500 },
      'text characters': { size: stats.characters ?? 0, max: 8_000_000 },
      requests: { size: stats.fetching ?? 0, max: 5 },
      'cleared sessions': { size: left, max: 0 },
      crashes: { size: crashes, max: 0 },
      'tabs that were not frozen': { size: unfrozen, max: 0 },
    },
  };
}
