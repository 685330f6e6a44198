import { cutMiddle } from './cut-middle.ts';

const charsMin = 80;

/**
 * As many of the errors as fit, in order, with a note of how many do not; the first is cut where it would not fit
 * whole. Empty when there are none.
 */
export function fitErrors(errors: readonly string[], bytesMax: number): readonly string[] {
  const kept: string[] = [];
  let room = bytesMax;
  for (const error of errors) {
    const fitting = kept.length === 0 ? cutToFit(error, room) : error;
    if (costOf(fitting) > room) continue;
    room -= costOf(fitting);
    kept.push(fitting);
  }
  const left = errors.length - kept.length;
  return left === 0 ? kept : [...kept, `… ${left} more errors: read the whole result`];
}

const costOf = (error: string) => Buffer.byteLength(JSON.stringify(error)) + 1;

/** Halved until it fits: what is written as escapes takes up to six bytes a character. */
function cutToFit(error: string, bytesMax: number): string {
  let cut = error;
  for (let chars = error.length; costOf(cut) > bytesMax && chars >= charsMin; chars /= 2) {
    cut = cutMiddle(error, Math.floor(chars));
  }
  return cut;
}
