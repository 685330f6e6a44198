import { printTable } from '../print-table.ts';
import { median } from '../quantile.ts';
import { measureMemory } from './measure-page.ts';
import type { ViewerBench } from './open-viewer-page.ts';

/** What only our list promises: the same at any length, jumps, growth at the end, clearing. */
export async function measureOwn(bench: ViewerBench, options: { readonly runs: number }): Promise<void> {
  const figures: Readonly<Record<string, number>>[] = [];
  for (let run = 0; run < options.runs; run++) figures.push(await measureOnce(bench));
  const names = Object.keys(figures[0] ?? {});
  printTable(
    ['own list, 1,000,000 made messages', 'median'],
    names.map((name) => [name, Math.round(median(figures.map((figure) => figure[name] ?? 0)) * 100) / 100]),
  );
}

async function measureOnce(bench: ViewerBench): Promise<Readonly<Record<string, number>>> {
  const { page, cdp } = await bench.open();
  const mount = (rows: number, isPlain: boolean) =>
    page.evaluate((given) => window.viewerPage.mount({ kind: 'own', isEvicting: true, ...given }), {
      rows,
      isPlain,
    });
  const rowNodes = () => page.evaluate(() => document.querySelectorAll('[role=feed] *').length);
  try {
    // The library's own code and first use are not the session's.
    await mount(1_000, true);
    const plainSmall = await rowNodes();
    await page.evaluate(() => window.viewerPage.unmount());
    await mount(1_000, false);
    const markdownSmall = await rowNodes();
    await page.evaluate(() => window.viewerPage.unmount());
    await mount(0, true);
    const empty = await measureMemory(cdp);
    await page.evaluate(() => window.viewerPage.unmount());

    await mount(1_000_000, false);
    const markdownLarge = await rowNodes();
    await page.evaluate(() => window.viewerPage.unmount());
    await mount(1_000_000, true);
    const plainLarge = await rowNodes();
    const jumps = [];
    let wrong = 0;
    for (let jump = 0; jump < 200; jump++) {
      const seq = (jump * 734_003) % 999_900;
      jumps.push(await page.evaluate((target) => window.viewerPage.goTo(target), seq));
      const shown = await page.evaluate(() => window.viewerPage.firstShown());
      if (shown !== String(seq)) wrong += 1;
    }
    await page.evaluate(() => window.viewerPage.scroll(12_000, 5_000));
    const full = await measureMemory(cdp);
    const stats = await page.evaluate(() => window.viewerPage.stats());
    await page.evaluate(() => window.viewerPage.toEnd());
    const grown = await page.evaluate(() => window.viewerPage.growLast(200));
    const clearMs = await page.evaluate(() => window.viewerPage.clear());
    const cleared = await measureMemory(cdp);
    // What the engine compiled meanwhile stays whatever is shown: an empty session has it too by now.
    await page.evaluate(() => window.viewerPage.unmount());
    await mount(0, true);
    const emptyLater = await measureMemory(cdp);
    return {
      'nodes in the list, plain rows, 1,000': plainSmall,
      'nodes in the list, plain rows, 1,000,000': plainLarge,
      'nodes in the list, app rows, 1,000': markdownSmall,
      'nodes in the list, app rows, 1,000,000': markdownLarge,
      'jumps that show another message, of 200': wrong,
      'jump to settled, median ms': median(jumps),
      'jump to settled, worst ms': Math.max(...jumps),
      'heap over empty after 200 jumps and scrolling, MB': (full.heapBytes - empty.heapBytes) / 1e6,
      'pages held': stats.pages ?? 0,
      'px from the end while 200 tokens come': grown.worstPx,
      'renders of other rows meanwhile': grown.otherRenders,
      'clear, ms': clearMs,
      'heap over an empty session after clear, MB': (cleared.heapBytes - emptyLater.heapBytes) / 1e6,
      'an empty session then over one at first, MB': (emptyLater.heapBytes - empty.heapBytes) / 1e6,
    };
  } finally {
    await page.context().close();
  }
}
