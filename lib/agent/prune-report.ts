/** What a rule did to one text. Bytes are UTF-8, tokens estimates. */
export type PruneReport = {
  readonly rule: 'unchanged' | 'repeat' | 'schema' | 'json' | 'text' | (string & {});
  readonly changed: boolean;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** Names the whole text; null when nothing was left out. */
  readonly handle: string | null;
};
