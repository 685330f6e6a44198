import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { timeZoneStorageKey } from '#lib/time/time-zone-storage-key.ts';
import { askEarly, earlyScript, takeEarlyAnswer } from './early-answers.ts';
import { fetchJson } from './fetch-json.ts';
import { firstPageQuery } from './first-page-query.ts';
import { overviewQuery } from './overview-query.ts';
import { sessionQuery } from './session-query.ts';
import { sessionsPath, sessionsPerPage } from './sessions-query.ts';
import * as shape from './shape.ts';

const asked: string[] = [];

function openPage(address: string, storedZone: string | null = null) {
  const { pathname, search, hash } = new URL(address, 'http://localhost');
  const window = {
    location: { pathname, search, hash },
    localStorage: { getItem: (key: string) => (key === timeZoneStorageKey ? storedZone : null) },
    fetch: async (path: string) => {
      asked.push(path);
      return Response.json({ of: path });
    },
  };
  vi.stubGlobal('window', window);
}

beforeEach(() => {
  asked.length = 0;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what a page asks first', () => {
  it('is asked of the overview as its query will', async () => {
    openPage('/?range=7d&by=agent', 'Asia/Kolkata');
    askEarly();
    const filter = { range: '7d', timeZone: 'Asia/Kolkata', by: 'agent', bucket: null } as const;
    expect(asked).toEqual(['/api/overview?range=7d&tz=Asia%2FKolkata&by=agent', '/api/budgets']);
    vi.stubGlobal('fetch', () => Promise.reject(new Error('asked again')));
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    // The stand-in's answer is no overview: that it is read at all shows that nothing else was asked.
    await expect(client.fetchQuery(overviewQuery(filter))).rejects.toThrow(/not in the expected form/);
  });

  it.each([
    ['the last messages', '/sessions/agent%3Achat', '?from=0&limit=50&gapMax=50'],
    ['those of a name that is written as it is', '/sessions/agent:chat', '?from=0&limit=50&gapMax=50'],
    ['the page of the named message', '/sessions/agent%3Achat#1204', '?from=1200&limit=50'],
    ['and the next page where that is seen too', '/sessions/agent%3Achat#1230', '?from=1200&limit=100'],
    ['and nothing else of what is no number', '/sessions/agent%3Achat#top', '?from=0&limit=50&gapMax=50'],
  ])('is asked of a session as its queries will: %s', async (_, address, search) => {
    openPage(address);
    askEarly();
    const path = '/api/sessions/agent%3Achat';
    expect(asked).toEqual([path, `${path}/messages${search}`]);
    vi.stubGlobal('fetch', () => Promise.reject(new Error('asked again')));
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    await expect(client.fetchQuery(sessionQuery('agent:chat'))).rejects.toThrow(/not in the expected form/);
    await expect(client.fetchQuery(firstPageQuery('agent:chat'))).rejects.toThrow(/not in the expected form/);
  });

  it('is nothing on other pages, and for an address that narrows the range', () => {
    for (const address of [
      '/settings',
      '/login',
      '/?from=2026-01-01T00:00:00Z',
      '/sessions?q=x',
      '/sessions/%E0%A4',
    ]) {
      openPage(address);
      askEarly();
    }
    expect(asked).toEqual([]);
  });

  it('is given once, and asked again after that', async () => {
    openPage('/sessions');
    askEarly();
    const everything = { sort: 'lastActivity', agent: '', model: '', source: '', q: '' } as const;
    const path = sessionsPath(everything, { cursor: null, limit: sessionsPerPage });
    const schema = shape.object({ of: shape.string });
    const fetch = async () => Response.json({ of: 'asked again' });
    expect(await fetchJson({ path, schema, fetch })).toEqual({ of: path });
    expect(await fetchJson({ path, schema, fetch })).toEqual({ of: 'asked again' });
  });

  it('is asked again where it could not be sent', async () => {
    openPage('/sessions');
    Object.assign(window, { fetch: () => Promise.reject(new TypeError('offline')) });
    askEarly();
    const fetch = async () => Response.json({ of: 'asked again' });
    const schema = shape.object({ of: shape.string });
    const path = '/api/sessions?sort=lastActivity&limit=100';
    expect(await fetchJson({ path, schema, fetch })).toEqual({ of: 'asked again' });
  });

  it('is not there where no script has run', () => {
    openPage('/');
    expect(takeEarlyAnswer('/api/budgets')).toBeNull();
  });

  it('is one script that uses nothing from outside itself', () => {
    openPage('/sessions');
    new Function(earlyScript)();
    expect(asked).toHaveLength(1);
  });
});
