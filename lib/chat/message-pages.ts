type Pages = {
  /** The newest message's number; below 0 when there is none. */
  readonly lastSeq: number;
  readonly pageSize: number;
};

/** The page, from 0, that holds a message. A number past the end leads to the last page. */
export function pageOfSeq(seq: number, { lastSeq, pageSize }: Pages): number {
  return Math.floor(Math.max(0, Math.min(seq, lastSeq)) / pageSize);
}

/** The message that an address's fragment names (`#120`); null for anything else. */
export function parseSeqFragment(hash: string): number | null {
  const digits = /^#(\d{1,15})$/.exec(hash)?.[1];
  return digits === undefined ? null : Number(digits);
}
