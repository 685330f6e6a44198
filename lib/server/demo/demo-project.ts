import 'server-only';

/** The project that `npm run demo` makes. Its id is another one each time. */
export const demoProject = { slug: 'demo', name: 'Demo' } as const;
