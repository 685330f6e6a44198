import type { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { bodyTooLarge } from './body-too-large.ts';

export type CollectRequestOptions = {
  readonly bytesMax: number;
  /** What Content-Length says; null for a chunked body. */
  readonly declaredBytes: number | null;
  /** How long the body may take to arrive, from now on. Default 30,000. */
  readonly waitMsMax?: number;
};

/**
 * The body of a Node request. A small one comes in one piece with its headers: it is answered at once, without
 * the iterator, listeners and timer that cost more than all else of a small request. After a refusal the rest
 * is unread and the connection is open, because the answer goes over it.
 * @throws AppError `body_too_large`, `request_timeout`, or `bad_request` when the sender is gone
 */
export function collectRequest(
  request: IncomingMessage,
  options: CollectRequestOptions,
): Buffer | Promise<Buffer> {
  const there = takeThere(request, options);
  if (there !== null) return there;
  // Node calls a server between a request's head and its body, also where both came in one piece: a handler that
  // has not waited yet finds nothing, and everything a turn later.
  return Promise.resolve().then(() => takeThere(request, options) ?? collectSlowly(request, options));
}

/** @returns null when the body is not there, or not all of it */
function takeThere(request: IncomingMessage, options: CollectRequestOptions): Buffer | null {
  if (request.destroyed) throw cutOff(request.errored);
  const { readableLength } = request;
  // Node tells that a request is complete only after the callback for its last piece, in which we mostly are.
  if (!request.complete && readableLength !== options.declaredBytes) return null;
  if (readableLength > options.bytesMax) throw bodyTooLarge(options.bytesMax);
  // With the length, because Node 26 gives only the first piece without it.
  const body: Buffer = readableLength === 0 ? Buffer.alloc(0) : request.read(readableLength);
  // Brings its `end`, by which Node lets go of it.
  request.resume();
  return body;
}

function collectSlowly(
  request: IncomingMessage,
  { bytesMax, waitMsMax = 30_000 }: CollectRequestOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const stop = () => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
    };
    const refuse = (error: AppError) => {
      stop();
      request.pause();
      reject(error);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) refuse(bodyTooLarge(bytesMax));
      else parts.push(chunk);
    };
    const onEnd = () => {
      stop();
      resolve(Buffer.concat(parts, bytes));
    };
    const onGone = (cause?: Error) => refuse(cutOff(cause));
    // A sender that trickles would hold the room of others for as long as it likes.
    const timer = setTimeout(() => refuse(tooSlow()), waitMsMax);
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

function cutOff(cause: unknown): AppError {
  return new AppError('bad_request', 'The body was cut off.', { cause });
}

function tooSlow(): AppError {
  return new AppError('request_timeout', 'The body did not arrive in time.');
}
