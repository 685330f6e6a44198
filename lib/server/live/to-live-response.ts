import 'server-only';
import type { LiveStreams, LiveSubscription } from './live-streams.ts';

export const liveHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Without no-transform Next packs the stream, and its events wait in the packer.
  'Cache-Control': 'no-store, no-transform',
  // A reverse proxy that gathers answers would hold the events back.
  'X-Accel-Buffering': 'no',
} as const;

type LiveRequest = { readonly subscription: LiveSubscription; readonly signal: AbortSignal };

/** A stream of changes as the answer of a route. @throws AppError as `LiveStreams.open` does */
export function toLiveResponse(streams: LiveStreams, { subscription, signal }: LiveRequest): Response {
  const encoder = new TextEncoder();
  let onDrain = () => {};
  let onClose = () => {};
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      streams.open(subscription, {
        write: (text) => {
          controller.enqueue(encoder.encode(text));
          return (controller.desiredSize ?? 0) > 0;
        },
        end: () => controller.close(),
        onDrain: (callback) => {
          onDrain = callback;
        },
        onClose: (callback) => {
          onClose = callback;
        },
      });
    },
    pull: () => onDrain(),
    cancel: () => onClose(),
  });
  signal.addEventListener('abort', () => onClose(), { once: true });
  return new Response(body, { headers: liveHeaders });
}
