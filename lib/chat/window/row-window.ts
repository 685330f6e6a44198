/** Rows that a list holds: seq `first` up to, not including, `end`. */
export type RowWindow = { readonly first: number; readonly end: number };

/** Rows that there are: seq `first` up to, not including, `end`. */
export type RowBounds = RowWindow;

/** TanStack Virtual's work grows with the count; at 2,000 an append costs it about 0.1 ms. */
export const windowRowsMax = 2_000;
/** A window moves when the reader is this near to an edge behind which there is more. */
const edgeRows = 300;
/** A growing window drops this many at once, so that it is not moved with every message. */
const trimRows = 250;

/** The window with a row in its middle, as far as there are rows. */
export function windowAround(seq: number, bounds: RowBounds): RowWindow {
  const size = Math.min(windowRowsMax, bounds.end - bounds.first);
  const first = clamp(seq - Math.floor(size / 2), bounds.first, bounds.end - size);
  return { first, end: first + size };
}

/** The same window, or one around what is seen when that has come near to an edge behind which there is more. */
export function followReader(window: RowWindow, seen: RowWindow, bounds: RowBounds): RowWindow {
  const isNearStart = window.first > bounds.first && seen.first - window.first < edgeRows;
  const isNearEnd = window.end < bounds.end && window.end - seen.end < edgeRows;
  if (!isNearStart && !isNearEnd) return window;
  return windowAround(Math.floor((seen.first + seen.end) / 2), bounds);
}

/** The window once rows were added at the end of all; it grows with them only if it reached the old end. */
export function growWindow(window: RowWindow, oldEnd: number, bounds: RowBounds): RowWindow {
  if (window.end !== oldEnd) return window;
  const overflow = bounds.end - window.first - windowRowsMax;
  if (overflow <= 0) return { first: window.first, end: bounds.end };
  const first = Math.max(window.first + trimRows, bounds.end - windowRowsMax);
  return { first, end: bounds.end };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
