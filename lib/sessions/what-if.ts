/** What a recorded session would have been with the toolkit's rules. Tokens are estimates of its messages. */
export type WhatIf = {
  readonly messages: number;
  /** Fewer where the session is too long to be replayed whole: the first ones then. */
  readonly messagesReplayed: number;
  /** What ended it before the session did; null when it was replayed whole. */
  readonly stoppedBy: 'messages' | 'bytes' | 'time' | null;
  readonly windowTokens: number;
  readonly before: WhatIfSide;
  readonly after: WhatIfSide;
  readonly resultsShortened: number;
  readonly compactions: number;
  /** Context before and after at evenly spread calls, at most 100. */
  readonly steps: readonly { readonly call: number; readonly before: number; readonly after: number }[];
};

export type WhatIfSide = {
  readonly model: string | null;
  readonly calls: number;
  /** All calls together. */
  readonly tokens: number;
  readonly largestContext: number;
  readonly historyBytes: number;
  /** At the price of fresh input; null where the model has none. */
  readonly costUsd: string | null;
  /** The first call that was larger than the window, from 1 on; null when none was. */
  readonly diesAtCall: number | null;
};
