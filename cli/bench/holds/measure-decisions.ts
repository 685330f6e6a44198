import { Agent, request } from 'node:http';
import { median, quantile } from '../quantile.ts';

export type DecisionFigures = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number };

type Caller = (turn: number) => Promise<void>;

/** Callers that each wait for their answer before they ask again. */
export async function measureCallers(
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
  call: Caller,
): Promise<DecisionFigures> {
  const latenciesMs: number[] = [];
  let turn = 0;
  const startMs = performance.now();
  const endMs = startMs + seconds * 1_000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < endMs) {
        const sentMs = performance.now();
        await call(turn++);
        latenciesMs.push(performance.now() - sentMs);
      }
    }),
  );
  return {
    perSecond: Math.round(latenciesMs.length / ((performance.now() - startMs) / 1_000)),
    p50Ms: median(latenciesMs),
    p99Ms: quantile(latenciesMs, 0.99),
  };
}

/** Posts JSON over connections that stay open. @throws Error for any answer but the expected one */
export function openPoster({
  url,
  headers,
  connections,
}: {
  url: string;
  headers: Record<string, string>;
  connections: number;
}) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const target = new URL(url);
  const post = (path: string, body: unknown, expected: number) =>
    new Promise<void>((resolve, reject) => {
      const text = JSON.stringify(body);
      const sent = request(
        {
          agent,
          host: target.hostname,
          port: target.port,
          path,
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          },
        },
        (response) => {
          let answer = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            answer += part;
          });
          response.on('end', () => {
            if (response.statusCode === expected) resolve();
            else reject(new Error(`${path}: ${response.statusCode} ${answer}`));
          });
        },
      );
      sent.once('error', reject);
      sent.end(text);
    });
  return { post, close: () => agent.destroy() };
}
