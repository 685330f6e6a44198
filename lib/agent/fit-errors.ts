/** As many of the errors as fit, in order, with a note of how many do not. Empty when there are none. */
export function fitErrors(errors: readonly string[], bytesMax: number): readonly string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const error of errors) {
    bytes += Buffer.byteLength(JSON.stringify(error)) + 1;
    if (bytes > bytesMax) break;
    kept.push(error);
  }
  const left = errors.length - kept.length;
  return left === 0 ? kept : [...kept, `… ${left} more errors: read the whole result`];
}
