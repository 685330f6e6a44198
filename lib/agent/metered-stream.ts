import type { OpenCall } from './call-meter.ts';

/** A stream of an SDK that is counted while it is read, and ended when it is read no further. */
export function meteredStream(stream: object & AsyncIterable<unknown>, call: OpenCall): object {
  async function* read() {
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
  return new Proxy(stream, {
    get(original, key) {
      if (key === Symbol.asyncIterator) return read;
      const value: unknown = Reflect.get(original, key);
      return typeof value === 'function' ? value.bind(original) : value;
    },
  });
}

export function isStream(value: unknown): value is object & AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
