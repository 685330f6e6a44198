import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OtlpSignal } from '#lib/otlp/otlp-signal.ts';
import { drainRequest } from '../drain-request.ts';
import { answerExport, type OtlpReply } from './answer-export.ts';

/** An OTLP export on plain node:http; `headers` are names and values in turn. */
export async function receiveExportOverNode(
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
  signal: OtlpSignal,
  headers: readonly string[],
): Promise<void> {
  const { request } = exchange;
  const reply = await answerExport(signal, {
    method: request.method ?? 'GET',
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : null;
    },
    chunks: request,
  });
  await sendExportReply(exchange, reply, headers);
}

/** Writes a reply; what is left of an unread body would be taken for the next request of the connection. */
export async function sendExportReply(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  reply: OtlpReply,
  headers: readonly string[],
): Promise<void> {
  const closing = reply.status < 400 || (await drainRequest(request)) ? [] : ['Connection', 'close'];
  const { 'cache-control': _, ...own } = reply.headers;
  response.writeHead(reply.status, [
    ...headers,
    ...Object.entries(own).flat(),
    ...closing,
    'Content-Length',
    String(Buffer.byteLength(reply.body)),
  ]);
  response.end(reply.body);
}
