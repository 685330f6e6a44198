export type JsonFault = {
  readonly code: 'invalid_json' | 'duplicate_key';
  /** UTF-16 offset into the text. */
  readonly offset: number;
  readonly message: string;
};

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;

/**
 * Finds the first place where a text is not JSON (RFC 8259), or where an object names a member twice; `null`
 * when there is none. The slow way, taken only after a refusal, because `JSON.parse` tells neither reliably.
 * Recurses once a level: the caller bounds the depth before.
 */
export function findJsonFault(text: string): JsonFault | null {
  return new FaultFinder(text).find();
}

class FaultFinder {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  find(): JsonFault | null {
    const fault = this.#value();
    if (fault !== null) return fault;
    this.#skipSpace();
    if (this.#offset === this.#text.length) return null;
    return this.#expected('nothing after the JSON value (one event a line is application/x-ndjson)');
  }

  #value(): JsonFault | null {
    this.#skipSpace();
    switch (this.#text[this.#offset]) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      default:
        return this.#word('true') || this.#word('false') || this.#word('null') || this.#pattern(numberPattern)
          ? null
          : this.#expected('a JSON value');
    }
  }

  #object(): JsonFault | null {
    const names = new Set<string>();
    this.#offset += 1;
    if (this.#sign('}')) return null;
    while (true) {
      this.#skipSpace();
      const start = this.#offset;
      if (this.#text[start] !== '"') return this.#expected('a member name in double quotes');
      const fault = this.#string();
      if (fault !== null) return fault;
      const name: unknown = JSON.parse(this.#text.slice(start, this.#offset));
      if (typeof name === 'string' && names.has(name)) return duplicateKey(name, start);
      names.add(String(name));
      if (!this.#sign(':')) return this.#expected("':'");
      const inner = this.#value();
      if (inner !== null) return inner;
      if (this.#sign('}')) return null;
      if (!this.#sign(',')) return this.#expected("',' or '}'");
    }
  }

  #array(): JsonFault | null {
    this.#offset += 1;
    if (this.#sign(']')) return null;
    while (true) {
      const inner = this.#value();
      if (inner !== null) return inner;
      if (this.#sign(']')) return null;
      if (!this.#sign(',')) return this.#expected("',' or ']'");
    }
  }

  #string(): JsonFault | null {
    for (this.#offset += 1; this.#offset < this.#text.length; this.#offset += 1) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code === 0x22) {
        this.#offset += 1;
        return null;
      }
      if (code < 0x20) return this.#expected('an escape for a control character in a string');
      if (code === 0x5c) {
        if (!this.#pattern(escapePattern)) return this.#expected('a valid escape in a string');
        this.#offset -= 1;
      }
    }
    return this.#expected('the end of a string');
  }

  /** Takes one sign, with the space before it. */
  #sign(sign: string): boolean {
    this.#skipSpace();
    return this.#word(sign);
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#offset)) return false;
    this.#offset += word.length;
    return true;
  }

  #pattern(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    if (!pattern.test(this.#text)) return false;
    this.#offset = pattern.lastIndex;
    return true;
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#offset] ?? 'end')) this.#offset += 1;
  }

  #expected(what: string): JsonFault {
    const found = this.#text.codePointAt(this.#offset);
    const shown = found === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(found));
    return { code: 'invalid_json', offset: this.#offset, message: `expected ${what}, found ${shown}` };
  }
}

function duplicateKey(name: string, offset: number): JsonFault {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
  return { code: 'duplicate_key', offset, message: `${shown} is there twice in one object` };
}
