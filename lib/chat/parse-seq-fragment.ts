/** The message that an address's fragment names (`#120`); null for anything else. */
export function parseSeqFragment(hash: string): number | null {
  const digits = /^#(\d{1,15})$/.exec(hash)?.[1];
  return digits === undefined ? null : Number(digits);
}
