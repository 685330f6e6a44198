import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeBatch } from '#lib/ingest/decode-batch.ts';
import type { TrackedDraft } from './draft-sender.ts';
import { fakeIngest, type Received } from './testing/fake-ingest.ts';
import { UsageClient } from './usage-client.ts';
import type { UsageClientOptions } from './usage-client-options.ts';

const down = () => new Response('', { status: 503 });
const draft = (content: string, more: Partial<TrackedDraft> = {}): TrackedDraft => ({
  session: 's',
  id: 'm',
  role: 'assistant',
  content,
  ...more,
});

function makeClient(
  script: Parameters<typeof fakeIngest>[0] = [],
  options: Partial<UsageClientOptions> = {},
) {
  const ingest = fakeIngest(script);
  const client = new UsageClient({
    url: 'http://plimsoll.test',
    key: 'key',
    agent: 'bot',
    ...options,
    fetch: ingest.fetch,
  });
  return { client, ...ingest };
}

const textOf = (events: ReadonlyMap<string, Received>, id = 'm') => events.get(id)?.['content'];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('drafts', () => {
  test('are what the ingest contract takes', async () => {
    const { client, events } = makeClient();
    client.draft(draft('so far', { kind: 'thinking' }));
    await vi.advanceTimersByTimeAsync(0);
    const { items } = decodeBatch({
      bytes: Buffer.from(JSON.stringify([...events.values()])),
      contentType: 'application/json',
      nowMs: Date.now(),
    });
    expect(items).toMatchObject([
      { id: 'm', event: { type: 'draft', agent: 'bot', session: 's', kind: 'thinking', content: 'so far' } },
    ]);
  });

  test('go five times a second at most, the first at once and the newest last', async () => {
    const { client, events, requests } = makeClient();
    for (let token = 0; token < 200; token++) {
      client.draft(draft(`token ${token}`));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests.length).toBeGreaterThanOrEqual(9);
    expect(requests.length).toBeLessThanOrEqual(11);
    expect(requests.every(({ ids }) => ids.length === 1)).toBe(true);
    expect(textOf(events)).toBe('token 199');
    expect(client.report()).toMatchObject({
      queued: 0,
      sent: 0,
      draftsSent: requests.length,
      draftsDropped: 0,
    });
  });

  test('of several sessions go in one request, of at most 100', async () => {
    const { client, requests } = makeClient();
    for (let session = 0; session < 130; session++) {
      client.draft(draft('x', { session: `s${session}`, id: `m${session}` }));
    }
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    expect(requests[0]?.ids).toHaveLength(100);
    expect(requests[0]?.ids[0]).toBe('m30');
    expect(client.report().draftsDropped).toBe(30);
  });

  test('are dropped while the app is down, which holds up nobody and repeats nothing', async () => {
    const { client, events, requests } = makeClient([down(), new Error('refused'), null]);
    for (let token = 1; token <= 500; token++) {
      client.draft(draft(`text ${token}`));
      await vi.advanceTimersByTimeAsync(20);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(requests).toHaveLength(3);
    expect(textOf(events)).toBe('text 500');
    expect(client.report()).toMatchObject({ draftsSent: 1, draftsDropped: 2, queued: 0, retries: 0 });
  });

  test('wait for a Retry-After', async () => {
    const busy = new Response('', { status: 429, headers: { 'retry-after': '30' } });
    const { client, requests } = makeClient([busy]);
    client.draft(draft('a'));
    await vi.advanceTimersByTimeAsync(0);
    client.draft(draft('b'));
    await vi.advanceTimersByTimeAsync(29_000);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(requests).toHaveLength(2);
  });

  test('are not sent once their message is tracked', async () => {
    const { client, events, requests } = makeClient();
    client.draft(draft('a'));
    await vi.advanceTimersByTimeAsync(0);
    client.draft(draft('a b'));
    client.track({ type: 'message', id: 'm', session: 's', role: 'assistant', content: 'a b c' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(requests).toHaveLength(2);
    expect(textOf(events)).toBe('a b c');
  });

  test('end with the client: no timer is left, and what waits is not sent', async () => {
    const { client, requests } = makeClient();
    client.draft(draft('a'));
    await vi.advanceTimersByTimeAsync(0);
    client.draft(draft('b'));
    await client.close();
    client.draft(draft('c'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('of a long text carry its end, and what is no text costs nothing', async () => {
    const { client, events } = makeClient();
    client.draft(draft(`${'x'.repeat(99_000)}\u{1f600}${'y'.repeat(99_999)}`));
    await vi.waitFor(() => expect(events.size).toBe(1));
    expect(textOf(events)).toBe(`\ufffd${'y'.repeat(99_999)}`);
    // What a host without types may do.
    client.draft(JSON.parse('{"session":"s","id":"n","role":"assistant"}'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.report().draftsDropped).toBe(1);
  });

  test('are bounded by an option', () => {
    expect(() => makeClient([], { draftsPerSecondMax: 0 })).toThrow(
      'plimsoll UsageClient: draftsPerSecondMax must be a whole number of requests a second from 1 to 20, got 0',
    );
  });
});
