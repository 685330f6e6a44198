import { AppError } from '#lib/errors.ts';
import { answerExport, refuseExport, signalOf } from '#lib/server/otlp/answer-export.ts';

/** In production the front door answers these paths before Next does, through the same use case. */
async function answer(request: Request): Promise<Response> {
  const signal = signalOf(new URL(request.url).pathname);
  const header = (name: string) => request.headers.get(name);
  const { status, headers, body } =
    signal === null
      ? refuseExport(new AppError('not_found', 'Send to traces, logs or metrics.'), header('content-type'))
      : await answerExport(signal, {
          method: request.method,
          header,
          chunks: request.body ?? emptyBody(),
          signal: request.signal,
        });
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Response(bytes, { status, headers: { ...headers, 'cache-control': 'no-store' } });
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
