import type { Source } from '#lib/usage/usage-event.ts';
import type { CodexTotals } from './codex-totals.ts';

export const codexAgent = 'codex';

/** What a rollout's earlier lines said; it changes as the lines go by. */
export type CodexSession = {
  id: string;
  /** The first ancestor of a fork. */
  root: string;
  isOpened: boolean;
  source: Source;
  provider: string;
  model: string | null;
  cwd: string | null;
  /** When the model was last given something. */
  askedAt: string | null;
  /** How many lines there were: chat lines have no id of their own. */
  line: number;
  /** How many totals there were. */
  ordinal: number;
  totals: CodexTotals;
};
