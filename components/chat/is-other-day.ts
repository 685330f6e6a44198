/** Whether a day begins with a message: the first one begins one, and of a neighbour that is not known nothing is said. */
export function isOtherDay(previousTs: string | null | undefined, ts: string): boolean {
  if (previousTs === undefined) return false;
  return previousTs === null || new Date(previousTs).toDateString() !== new Date(ts).toDateString();
}
