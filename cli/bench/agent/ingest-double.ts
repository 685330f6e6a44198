import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** An ingest endpoint on a port of its own that remembers ids and counts those it had before. */
export async function openIngestDouble() {
  const ids = new Set<string>();
  let duplicates = 0;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      const { events }: { readonly events: readonly { readonly id: string }[] } = JSON.parse(text.toString());
      for (const { id } of events) {
        if (ids.has(id)) duplicates++;
        ids.add(id);
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ accepted: events.length, results: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ids,
    duplicates: () => duplicates,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
