import { gunzipSync } from 'node:zlib';

export type Received = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** An ingest endpoint: counts each id once. `script` gives the answers of the next requests, null for the real one. */
export function fakeIngest(script: (Response | Error | null)[] = []) {
  const events = new Map<string, Received>();
  const requests: { readonly headers: Headers; readonly ids: readonly string[] }[] = [];
  const ask: typeof fetch = async (_, init) => {
    init?.signal?.throwIfAborted();
    const headers = new Headers(init?.headers);
    const body = init?.body;
    const bytes = body instanceof Uint8Array ? body : Buffer.from(String(body));
    const text =
      headers.get('content-encoding') === 'gzip'
        ? gunzipSync(bytes).toString()
        : Buffer.from(bytes).toString();
    const batch: { readonly events: readonly Received[] } = JSON.parse(text);
    requests.push({ headers, ids: batch.events.map(({ id }) => id) });
    const scripted = script.shift() ?? null;
    if (scripted instanceof Error) throw scripted;
    if (scripted !== null) return scripted;
    const results = batch.events.map(({ id }) => ({ id, status: events.has(id) ? 'duplicate' : 'accepted' }));
    for (const event of batch.events) events.set(event.id, event);
    return Response.json({ accepted: results.length, results });
  };
  return { fetch: ask, events, requests, script };
}
