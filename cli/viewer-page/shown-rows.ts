/** @returns when the rows on the screen have stood still for three frames, and there are some. */
export async function settled(): Promise<number> {
  let key = '';
  let since = performance.now();
  let still = 0;
  for (let frames = 0; frames < 300; frames++) {
    await frame();
    const next = JSON.stringify([...tops()].filter(([, top]) => top < 800));
    if (next === key && next !== '[]') still += 1;
    else {
      still = 0;
      since = performance.now();
      key = next;
    }
    if (still >= 3) return since;
  }
  return performance.now();
}

export function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}

/** The element that scrolls is the first whose content is longer than it and that may scroll. */
export function findScroller(): HTMLElement | null {
  const all = document.querySelectorAll<HTMLElement>('#root *');
  for (const element of all) {
    const { overflowY } = getComputedStyle(element);
    if (overflowY === 'auto' || overflowY === 'scroll') return element;
  }
  return null;
}

function rowsShown(): readonly HTMLElement[] {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row], article')];
  // A list that mounts everything would be measured by this program's own walk over its rows.
  return rows.length > 500 ? [] : rows;
}

export function tops(): Map<string, number> {
  return new Map(
    rowsShown()
      .map((row): [string, DOMRect] => [
        row.dataset['row'] ?? row.ariaLabel ?? '',
        row.getBoundingClientRect(),
      ])
      .filter(([, box]) => box.bottom > 0 && box.top < 800)
      .map(([seq, box]): [string, number] => [seq, Math.round(box.top * 10) / 10])
      .toSorted(([, a], [, b]) => a - b),
  );
}

export function firstShown(): string | null {
  const row = document.elementFromPoint(100, 12)?.closest<HTMLElement>('[data-row], article');
  return row?.dataset['row'] ?? row?.ariaLabel ?? null;
}

/** The largest stretch of the screen without a row, in px. */
export function gapOf(scroller: HTMLElement): number {
  const view = scroller.getBoundingClientRect();
  const boxes = rowsShown()
    .map((row) => row.getBoundingClientRect())
    .toSorted((a, b) => a.top - b.top);
  if (boxes.length === 0) return document.querySelectorAll('[data-row]').length > 500 ? 0 : view.height;
  let reached = view.top;
  let gap = 0;
  for (const { top, bottom } of boxes) {
    if (top > reached && reached < view.bottom) gap = Math.max(gap, Math.min(top, view.bottom) - reached);
    reached = Math.max(reached, bottom);
  }
  return Math.max(gap, view.bottom - reached);
}
