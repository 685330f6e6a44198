type Move = {
  readonly key: string;
  /** Holds rows with `data-index`, each with one link. */
  readonly within: HTMLElement;
  /** Rows in all, drawn or not. */
  readonly count: number;
};

/** Moves the focus from a row's link to that of the row above or below. @returns whether the key was one of ours */
export function moveFocus({ key, within, count }: Move): boolean {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return false;
  const row = document.activeElement?.closest<HTMLElement>('tr[data-index]');
  if (row === null || row === undefined || !within.contains(row)) return false;
  const index = Number(row.dataset['index']) + step;
  if (index < 0 || index >= count) return true;
  const next = within.querySelector<HTMLAnchorElement>(`tr[data-index="${index}"] a`);
  next?.focus({ preventScroll: true });
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return true;
}
