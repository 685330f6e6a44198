/** Anything with an end. */
export type Closable = { readonly close: () => unknown };

export type CloseFailure = { readonly name: string; readonly error: unknown };

/** Stops parts in the reverse order of their start, each once, going on when one fails. */
export class Lifecycle {
  readonly #parts: { readonly name: string; readonly part: Closable }[] = [];
  #closing: Promise<readonly CloseFailure[]> | null = null;

  /** Takes a part in and gives it back. After `close` it is closed at once. */
  add<P extends Closable>(name: string, part: P): P {
    if (this.#closing === null) this.#parts.push({ name, part });
    else void closePart({ name, part });
    return part;
  }

  get size(): number {
    return this.#parts.length;
  }

  /** @returns what failed, empty when all is stopped. Never throws; a second call gives the same answer. */
  close(): Promise<readonly CloseFailure[]> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<readonly CloseFailure[]> {
    const failures: CloseFailure[] = [];
    for (const part of this.#parts.splice(0).reverse()) {
      const failure = await closePart(part);
      if (failure !== null) failures.push(failure);
    }
    return failures;
  }
}

async function closePart({
  name,
  part,
}: {
  readonly name: string;
  readonly part: Closable;
}): Promise<CloseFailure | null> {
  try {
    await part.close();
    return null;
  } catch (error) {
    return { name, error };
  }
}
