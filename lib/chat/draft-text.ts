import { holdSecretStart } from './hold-secret-start.ts';
import { redactSecrets } from './redact-secrets.ts';
import { type Content, printable, readableText } from './stored-content.ts';

export type DraftText = {
  readonly text: string;
  readonly truncated: boolean;
  /** Of the text before it was cut. */
  readonly characters: number;
  readonly redactions: number;
};

/** A reader follows the end of what is being written; a third of a second later it is written anew. */
export const draftCharactersMax = 16_000;
/** No secret is so long that one which begins before this much of the end reaches into what is kept. */
const searchedCharactersMax = 262_144;

/**
 * What may be shown of a text that is being written: secrets are taken out of all of it each time, what may be
 * the beginning of one is held back until it is known, and of a long one the end is kept.
 */
export function toDraftText(content: Content, options: { readonly redact: boolean }): DraftText {
  const whole = readableText(content);
  const skipped = Math.max(0, whole.length - searchedCharactersMax);
  const searched = whole.slice(skipped);
  const { text: safe, count } = options.redact
    ? redactSecrets(holdSecretStart(searched))
    : { text: searched, count: 0 };
  const characters = skipped + safe.length;
  const truncated = characters > draftCharactersMax;
  const end = truncated ? `…${safe.slice(-draftCharactersMax)}` : safe;
  return { text: printable(withoutHalf(end)), truncated, characters, redactions: count };
}

/** A pair of surrogates may have been cut by who sends a text as it comes. */
function withoutHalf(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
