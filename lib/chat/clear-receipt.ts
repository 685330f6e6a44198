/** What a clearing hid, and until when it can be taken back. */
export type ClearReceipt = {
  /** Null where there was nothing to hide, or where it was only asked what would go. */
  readonly id: string | null;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly messages: number;
  readonly bytes: number;
  readonly clearedAt: string | null;
  /** Null where nothing can be taken back. */
  readonly undoUntil: string | null;
  readonly dryRun: boolean;
};

export type RestoreReceipt = {
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly messages: number;
  readonly bytes: number;
};

export type ClearedSession = {
  readonly id: string;
  readonly messages: number;
  readonly bytes: number;
  /** Null in a dry run. */
  readonly undoUntil: string | null;
};

export type ClearSessionsAnswer = {
  readonly dryRun: boolean;
  readonly sessions: readonly ClearedSession[];
  readonly messages: number;
  readonly bytes: number;
  /** More sessions fit the filter than one request takes: ask again. */
  readonly more: boolean;
};
