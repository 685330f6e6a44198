/** The message that is being written at the end of a session. It has no number yet. */
export type DraftView = {
  readonly id: string;
  readonly ts: string;
  readonly role: string;
  readonly kind: string;
  readonly toolName: string | null;
  /** Without secrets and without what may be the beginning of one; of a long text its end, after an ellipsis. */
  readonly text: string;
  readonly truncated: boolean;
  /** Of the whole text so far, of which `text` is the end. */
  readonly characters: number;
  readonly redactions: number;
};
