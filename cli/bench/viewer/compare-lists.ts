import type { CDPSession, Page } from '@playwright/test';
import type { ListKind } from '#cli/viewer-page/main.tsx';
import { printTable } from '../print-table.ts';
import { median } from '../quantile.ts';
import { measureMemory, readCpuMs } from './measure-page.ts';
import { measureSteadiness } from './measure-steadiness.ts';
import type { ViewerBench } from './open-viewer-page.ts';

export const listKinds = ['own', 'virtuoso', 'virtua', 'tanstack', 'naive'] as const satisfies ListKind[];

type Figures = Readonly<Record<string, number | string>>;

/** The same rows in every list, one after another in one browser, so many times; prints medians side by side. */
export async function compareLists(
  bench: ViewerBench,
  options: {
    readonly rows: number;
    readonly naiveRows: number;
    readonly runs: number;
    readonly scrollMs: number;
  },
): Promise<void> {
  const results = new Map<ListKind, Figures[]>(listKinds.map((kind) => [kind, []]));
  for (let run = 0; run < options.runs; run++) {
    for (const kind of listKinds) {
      const rows = kind === 'naive' ? options.naiveRows : options.rows;
      results.get(kind)?.push(await measureList(bench, { kind, rows, scrollMs: options.scrollMs }));
    }
  }
  printResults(results);
}

/** Whether the reader keeps their place in each list; prints medians side by side. */
export async function compareSteadiness(
  bench: ViewerBench,
  { runs }: { readonly runs: number },
): Promise<void> {
  const results = new Map<ListKind, Figures[]>(listKinds.map((kind) => [kind, []]));
  for (let run = 0; run < runs; run++) {
    for (const kind of listKinds) results.get(kind)?.push(await measureSteadiness(bench, kind));
  }
  printResults(results);
}

function printResults(results: ReadonlyMap<ListKind, readonly Figures[]>): void {
  const names = Object.keys(results.get('own')?.[0] ?? {});
  printTable(
    ['', ...listKinds],
    names.map((name) => [name, ...listKinds.map((kind) => summary(results.get(kind) ?? [], name))]),
  );
}

function summary(figures: readonly Figures[], name: string): string {
  const values = figures.map((figure) => figure[name]);
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return [...new Set(values.map(String))].join(', ');
  return String(Math.round(median(numbers) * 10) / 10);
}

async function measureList(
  bench: ViewerBench,
  { kind, rows, scrollMs }: { readonly kind: ListKind; readonly rows: number; readonly scrollMs: number },
): Promise<Figures> {
  const { page, cdp } = await bench.open();
  try {
    await page.evaluate(([asked, count]) => window.viewerPage.prepare(asked, count), [kind, rows] as const);
    const before = await measureMemory(cdp);
    const mountMs = await page.evaluate((options) => window.viewerPage.mount(options), {
      kind,
      rows,
      isPlain: true,
      isEvicting: true,
    } as const);
    const mounted = await measureMemory(cdp);
    const target = Math.floor(rows * 0.734);
    const jumpMs = await page.evaluate((seq) => window.viewerPage.goTo(seq), target);
    const shown = await page.evaluate(() => window.viewerPage.firstShown());
    const slow = await scroll(page, cdp, { pxPerSecond: 2_400, scrollMs });
    const fast = await scroll(page, cdp, { pxPerSecond: 12_000, scrollMs });
    const after = await measureMemory(cdp);
    const wheel = await wheelUp(page);
    return {
      'mount to settled, ms': mountMs,
      'nodes in the page after mount': mounted.nodes,
      'heap over data after mount, MB': (mounted.heapBytes - before.heapBytes) / 1e6,
      [`asked for row ${target.toLocaleString('en')}, shows`]: shown ?? 'nothing',
      'jump to settled, ms': jumpMs,
      'CPU scrolling 2,400 px/s, ms': slow.cpuMs,
      'blank frames at 2,400 px/s': slow.blank,
      'CPU scrolling 12,000 px/s, ms': fast.cpuMs,
      'blank frames at 12,000 px/s': fast.blank,
      'worst blank, px': fast.worstPx,
      'nodes after scrolling': after.nodes,
      'heap over data after scrolling, MB': (after.heapBytes - before.heapBytes) / 1e6,
      'wheel up: frames, wrong way': `${wheel.wrong} of ${wheel.frames > 0 ? 'all' : 'none'}`,
    };
  } finally {
    await page.context().close();
  }
}

async function scroll(
  page: Page,
  cdp: CDPSession,
  { pxPerSecond, scrollMs }: { readonly pxPerSecond: number; readonly scrollMs: number },
) {
  const before = await readCpuMs(cdp);
  const result = await page.evaluate(([speed, ms]) => window.viewerPage.scroll(speed, ms), [
    pxPerSecond,
    scrollMs,
  ] as const);
  return { ...result, cpuMs: (await readCpuMs(cdp)) - before };
}

async function wheelUp(page: Page) {
  await page.mouse.move(400, 400);
  await page.evaluate(() => window.viewerPage.watch(1));
  for (let notch = 0; notch < 150; notch++) await page.mouse.wheel(0, -100);
  await page.waitForTimeout(300);
  return page.evaluate(() => window.viewerPage.watched());
}
