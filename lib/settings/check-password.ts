export const passwordCharactersMin = 10;
export const passwordCharactersMax = 200;

type PasswordInput = { readonly password: string; readonly repeated: string };

/**
 * What is wrong with a new password, as a sentence; null when it will do. Length is what counts: no rule on
 * digits or signs, as NIST SP 800-63B advises.
 */
export function checkPassword({ password, repeated }: PasswordInput): string | null {
  const characters = [...password].length;
  if (characters < passwordCharactersMin) {
    return `At least ${passwordCharactersMin} characters; ${passwordCharactersMin - characters} to go.`;
  }
  if (characters > passwordCharactersMax) return `At most ${passwordCharactersMax} characters.`;
  if (new Set(password).size === 1) return 'One character repeated is guessed at once.';
  if (repeated !== password) return 'The two are not the same yet.';
  return null;
}
