import 'server-only';
import type { IncomingMessage } from 'node:http';

const bytesMax = 64 * 1_048_576;
const waitMsMax = 5_000;

/**
 * Reads the rest of a refused request and throws it away, so that its sender, who is still writing, gets to
 * the answer instead of a broken pipe.
 * @returns false when the rest was too long to wait for: the connection must then be closed.
 */
export function drainRequest(request: IncomingMessage): Promise<boolean> {
  if (request.complete || request.destroyed) return Promise.resolve(request.complete);
  return new Promise((resolve) => {
    let bytes = 0;
    const finish = (isWhole: boolean) => {
      clearTimeout(timer);
      request.off('data', count);
      request.off('end', onEnd);
      request.off('close', onClose);
      request.pause();
      resolve(isWhole);
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) finish(false);
    };
    const onEnd = () => finish(true);
    const onClose = () => finish(request.complete);
    const timer = setTimeout(() => finish(false), waitMsMax);
    request.on('data', count);
    request.once('end', onEnd);
    request.once('close', onClose);
    request.resume();
  });
}
