type EarlyAnswer = { readonly askedAtMs: number; readonly response: Promise<Response> };

declare global {
  interface Window {
    plimsollEarly?: Map<string, EarlyAnswer>;
  }
}

const freshMs = 10_000;

/**
 * Sends what a page will ask first while its programs are still loading, which saves their time. It runs as a
 * script in the page (`earlyScript`), so it may use nothing from outside itself; a path that the page asks in
 * another way is asked once more, no worse. What is not drawn first is not asked first: it would take the
 * server's time from what is.
 */
export function askEarly(): void {
  const { pathname, search, hash } = window.location;
  const asked = new URLSearchParams(search);
  const paths: string[] = [];
  if (pathname === '/' && !asked.has('from')) {
    let stored: string | null = null;
    try {
      stored = window.localStorage.getItem('plimsoll-time-zone');
    } catch {
      // Without storage the machine's zone is the one that is shown.
    }
    const filter = new URLSearchParams({
      range: asked.get('range') ?? '30d',
      tz: asked.get('tz') ?? stored ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      by: asked.get('by') ?? 'model',
    });
    paths.push(`/api/overview?${filter}`, '/api/budgets');
  }
  if (pathname === '/sessions' && search === '') paths.push('/api/sessions?sort=lastActivity&limit=100');
  const session = /^\/sessions\/([^/]+)$/.exec(pathname)?.[1];
  if (session !== undefined) {
    try {
      const path = `/api/sessions/${encodeURIComponent(decodeURIComponent(session))}`;
      const seq = /^#(\d{1,15})$/.exec(hash)?.[1];
      const place = Number(seq) % 50;
      const entry =
        seq === undefined
          ? 'from=0&limit=50&gapMax=50'
          : `from=${Number(seq) - place}&limit=${place >= 25 ? 100 : 50}`;
      paths.push(path, `${path}/messages?${entry}`);
    } catch {
      // Such an address has no page.
    }
  }
  const early = new Map<string, EarlyAnswer>();
  for (const path of paths) {
    const response = window.fetch(path, { credentials: 'same-origin', cache: 'no-store' });
    // Whoever takes it hears of a failure; nobody has to.
    response.catch(() => {});
    early.set(path, { askedAtMs: performance.now(), response });
  }
  window.plimsollEarly = early;
}

export const earlyScript = `(${askEarly})()`;

/** What `askEarly` has asked under this path, once; null where it has not, or too long ago. */
export function takeEarlyAnswer(path: string): Promise<Response> | null {
  const early = typeof window === 'undefined' ? undefined : window.plimsollEarly;
  const answer = early?.get(path);
  if (early === undefined || answer === undefined) return null;
  early.delete(path);
  return performance.now() - answer.askedAtMs < freshMs ? answer.response : null;
}
