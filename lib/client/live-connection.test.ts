import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyChange, type ProjectChange } from '#lib/live/project-change.ts';
import { openLiveConnection } from './live-connection.ts';

/** What the connection uses of an EventSource. */
class Source extends EventTarget {
  readyState = 0;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close() {
    this.readyState = 2;
  }
  say(data: unknown) {
    this.dispatchEvent(Object.assign(new Event('change'), { data }));
  }
  fail({ isForGood }: { readonly isForGood: boolean }) {
    this.readyState = isForGood ? 2 : 0;
    this.dispatchEvent(new Event('error'));
  }
}

let sources: Source[];
let isHidden: boolean;
let changeVisibility: () => void;
let heard: ProjectChange[];
let connection: ReturnType<typeof openLiveConnection>;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  isHidden = false;
  heard = [];
  connection = openLiveConnection({
    openSource: (url) => {
      const source = new Source(url);
      sources.push(source);
      return source as unknown as EventSource;
    },
    isHidden: () => isHidden,
    onVisibilityChange: (callback) => {
      changeVisibility = callback;
    },
  });
});
afterEach(() => vi.useRealTimers());

const onChange = (change: ProjectChange) => heard.push(change);
const openSources = () => sources.filter(({ readyState }) => readyState !== 2);

it('opens one stream for all listeners, tells all of them, and ends it with the last', () => {
  const first = connection.subscribe({ onChange });
  const second = connection.subscribe({ onChange });
  expect(sources.map(({ url }) => url)).toEqual(['/api/live']);
  sources[0]?.say('{"topics":["usage"],"sessions":[]}');
  expect(heard).toEqual(Array(2).fill({ topics: ['usage'], sessions: [] }));
  first();
  expect(openSources()).toHaveLength(1);
  second();
  expect(openSources()).toHaveLength(0);
});

it('follows the session that a listener asks for', () => {
  connection.subscribe({ onChange });
  const leave = connection.subscribe({ onChange, session: 'a/b&c' });
  expect(openSources().map(({ url }) => url)).toEqual(['/api/live?session=a%2Fb%26c']);
  leave();
  expect(openSources().map(({ url }) => url)).toEqual(['/api/live']);
});

it('has no stream while the tab is hidden', () => {
  connection.subscribe({ onChange });
  isHidden = true;
  changeVisibility();
  expect(openSources()).toHaveLength(0);
  isHidden = false;
  changeVisibility();
  expect(openSources()).toHaveLength(1);
});

it('polls every 5 s from a failure until the stream is open again', () => {
  connection.subscribe({ onChange });
  sources[0]?.fail({ isForGood: false });
  vi.advanceTimersByTime(15_000);
  expect(heard).toEqual([everyChange, everyChange, everyChange]);
  expect(sources).toHaveLength(1);
  sources[0]?.dispatchEvent(new Event('open'));
  vi.advanceTimersByTime(15_000);
  expect(heard).toHaveLength(3);
});

it('tries a refused stream again, less and less often, and not while hidden', () => {
  connection.subscribe({ onChange });
  for (let tries = 0; tries < 12; tries += 1) {
    openSources().at(-1)?.fail({ isForGood: true });
    sources.at(-1)?.fail({ isForGood: true });
    vi.advanceTimersByTime(60_000);
  }
  expect(sources).toHaveLength(13);
  sources.at(-1)?.fail({ isForGood: true });
  isHidden = true;
  changeVisibility();
  vi.advanceTimersByTime(600_000);
  expect(sources).toHaveLength(13);
});

it.each(['', 'null', '{"topics":["other"],"sessions":[]}', '{'])('does not take %j for a change', (data) => {
  connection.subscribe({ onChange });
  sources[0]?.say(data);
  expect(heard).toEqual([]);
});
