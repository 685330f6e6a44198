import type { Page } from '@playwright/test';
import type { ListKind } from '#cli/viewer-page/main.tsx';
import type { ViewerBench } from './open-viewer-page.ts';

const rows = 3_000;
/** Rows that a peer is given later. */
const later = 1_000;
const prepended = 50;
const restTimes = 20;
const motionTimes = 3;
const notchesPerTime = 50;
const notchPx = 100;
/** The server of our list answers late, so that pages come while the reader is at rest or on the way. */
const answerMs = 60;

/**
 * Whether the reader keeps their place while rows come above, at rest and while the wheel is turned up, and while
 * images above the screen get their size. Peers are handed rows; ours reads pages and moves its window by itself.
 */
export async function measureSteadiness(
  bench: ViewerBench,
  kind: ListKind,
): Promise<Readonly<Record<string, number | string>>> {
  const rest = await withPage(bench, kind, async (page) => {
    let worstPx = 0;
    let wrong = 0;
    for (let time = 0; time < restTimes; time++) {
      // Ours jumps to where nothing was read; what lies above comes when the reader stands there.
      if (kind === 'own') await page.evaluate((seq) => window.viewerPage.goTo(seq), 900_000 - time * 7_919);
      await page.evaluate(() => window.viewerPage.watch(0));
      await page.evaluate((count) => window.viewerPage.prepend(count), prepended);
      await page.waitForTimeout(3 * answerMs);
      const watched = await page.evaluate(() => window.viewerPage.watched());
      wrong += watched.wrong;
      worstPx = Math.max(worstPx, watched.worstPx);
    }
    return { wrong, worstPx };
  });
  const motion = await withPage(bench, kind, async (page) => {
    await page.mouse.move(400, 400);
    await page.evaluate(() => window.viewerPage.watch(1));
    for (let time = 0; time < motionTimes; time++) {
      for (let notch = 0; notch < notchesPerTime; notch++) {
        if (notch === notchesPerTime / 2) {
          await page.evaluate((count) => window.viewerPage.prepend(count), prepended);
        }
        await page.mouse.wheel(0, -notchPx);
      }
    }
    await page.waitForTimeout(500);
    return page.evaluate(() => window.viewerPage.watched());
  });
  const images = await withPage(bench, kind, async (page) => {
    let worstPx = 0;
    let loaded = 0;
    await page.mouse.move(400, 400);
    for (let time = 0; time < restTimes; time++) {
      await page.mouse.wheel(0, -3 * notchPx);
      await page.waitForTimeout(3 * answerMs);
      const result = await page.evaluate(() => window.viewerPage.loadImagesAbove());
      worstPx = Math.max(worstPx, result.worstPx);
      loaded += result.images;
    }
    return { worstPx, loaded };
  });
  // Of a list that mounts everything the page does not walk over the rows.
  const seen = (value: number) => (motion.frames === 0 ? 'not seen' : value);
  const askedPx = motionTimes * notchesPerTime * notchPx;
  return {
    'rows come at rest: frames that move': seen(rest.wrong),
    'at worst, px': seen(rest.worstPx),
    'rows come in motion: frames, wrong way': seen(motion.wrong),
    'at worst the wrong way, px': seen(motion.worstPx),
    [`px lost or gained of ${askedPx.toLocaleString('en')}`]: seen(Math.abs(motion.movedPx - askedPx)),
    'late images above: px that the screen moves': seen(images.worstPx),
    'late images loaded': images.loaded,
  };
}

async function withPage<T>(bench: ViewerBench, kind: ListKind, use: (page: Page) => Promise<T>): Promise<T> {
  const { page } = await bench.open();
  try {
    await page.evaluate(([asked, count]) => window.viewerPage.prepare(asked, count), [kind, rows] as const);
    await page.evaluate((options) => window.viewerPage.mount(options), {
      kind,
      rows: kind === 'own' ? 1_000_000 : rows,
      isPlain: true,
      isEvicting: true,
      first: later,
      hasImages: true,
      answerMs,
    } as const);
    const start = kind === 'own' ? 998_000 + 320 : 2_500;
    await page.evaluate((seq) => window.viewerPage.goTo(seq), start);
    return await use(page);
  } finally {
    await page.context().close();
  }
}
