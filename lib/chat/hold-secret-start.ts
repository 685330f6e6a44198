/** What secrets without spaces are made of; a backslash too, because keys follow the `\n` of escaped texts. */
const secretSigns = '_-.~+/=:\\';
/** A word, or a short number, as most ends of a text are. Signs behind it do not make it a secret. */
const plainWord = /^(?:[A-Za-z]{0,20}|\d{0,7})[^A-Za-z0-9]*$/;
/** Words that begin as keys made of letters and digits do. */
const keyStart = /^(?:A(?:KIA|SIA|BIA|CCA)|AIza|eyJ|SK[a-f])/;
/** Names before which any text may be a secret. */
const secretName = /(?:secret_?(?:access_?)?key|bearer|basic)[\\"'\s:=]{0,16}$/i;
const namedCharactersMax = 64;
/** A password in an address may hold any sign but these; it is one once an @ and a host follow. */
const addressPassword = /:\/\/[^\s:/@"'<>]{0,100}:[^\s:/@"'<>[\]]{0,200}@?$/;
const addressCharactersMax = 304;

/**
 * The text without an end that may be the beginning of a secret: the redactor knows one only when it is whole, or
 * nearly so, and a text that is being written ends anywhere. Plain words are never held back.
 */
export function holdSecretStart(text: string): string {
  // In this order: without its last run an address may end in its password, and a key before its end.
  return [runStart, passwordStart, privateKeyStart].reduce(
    (shown, startOf) => shown.slice(0, startOf(shown)),
    text,
  );
}

function runStart(text: string): number {
  let start = text.length;
  while (start > 0 && isOfSecret(text.charCodeAt(start - 1))) start--;
  const run = text.slice(start);
  if (run === '') return start;
  const isNamed = secretName.test(text.slice(Math.max(0, start - namedCharactersMax), start));
  return plainWord.test(run) && !keyStart.test(run) && !isNamed ? text.length : start;
}

function isOfSecret(code: number): boolean {
  const letter = code | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return true;
  return (code >= 0x30 && code <= 0x39) || secretSigns.includes(String.fromCharCode(code));
}

function passwordStart(text: string): number {
  const offset = Math.max(0, text.length - addressCharactersMax);
  const found = addressPassword.exec(text.slice(offset));
  return found === null ? text.length : offset + found.index;
}

const privateKeyHeader =
  /^-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[ \t]*(?:\r?\n|\\r|\\n))?/;
const privateKeyEnd = /-----END [A-Z0-9 ]{8,60}-----/;
const lineEnd = /\r?\n|\\r\\n|\\n|\\r/;
/** A line of a key, of its headers, or the last one, as far as it has come. */
const keyLine =
  /^[ \t]*(?:[A-Za-z0-9+/=]*|[A-Za-z-]{0,30}(?:: ?[^\n\\]{0,100})?|-{1,5}(?:E(?:N(?:D[A-Z0-9 -]{0,70})?)?)?)\\?$/;

/** Of a private key the lines are told from text only by what stands around them: all are held until its end. */
function privateKeyStart(text: string): number {
  const start = text.lastIndexOf('-----BEGIN ');
  if (start === -1) return text.length;
  const key = text.slice(start);
  const header = privateKeyHeader.exec(key)?.[0];
  if (header === undefined || privateKeyEnd.test(key)) return text.length;
  const lines = key.slice(header.length).split(lineEnd);
  return lines.every((line) => keyLine.test(line)) ? start : text.length;
}
