import type { OpenCall } from './call-meter.ts';

/** A stream of an SDK that is counted while it is read, and ended when it is read no further. */
export function meteredStream(stream: object & AsyncIterable<unknown>, call: OpenCall): object {
  const { iterator } = stream as { readonly iterator?: unknown };
  if (typeof iterator === 'function') {
    // OpenAI's and Anthropic's: all their methods ask this one for an iterator, `tee` and the like too.
    const ask = iterator.bind(stream) as () => AsyncIterator<unknown>;
    Object.defineProperty(stream, 'iterator', {
      value: () => readCounted({ [Symbol.asyncIterator]: ask }, call),
      configurable: true,
    });
    return stream;
  }
  return new Proxy(stream, {
    get(original, key) {
      if (key === Symbol.asyncIterator) return () => readCounted(original, call);
      const value: unknown = Reflect.get(original, key);
      return typeof value === 'function' ? value.bind(original) : value;
    },
  });
}

async function* readCounted(stream: AsyncIterable<unknown>, call: OpenCall): AsyncGenerator<unknown> {
  let isRead = false;
  try {
    for await (const piece of stream) {
      call.see(piece);
      yield piece;
    }
    isRead = true;
    await call.end('ok', true);
  } catch (error) {
    await call.fail(error);
    throw error;
  } finally {
    if (!isRead) await call.end('aborted', true);
  }
}

export function isStream(value: unknown): value is object & AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
