/**
 * The system's code of a failed call (`ENOENT`, `EADDRINUSE`, …), or '' where it has none.
 * @param {unknown} error
 */
export function errorCode(error) {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
