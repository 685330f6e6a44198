/** A folder that may import only certain others. The most specific room of a file counts. */
type Room = { readonly folder: string; readonly mayImport: readonly string[] };

/**
 * Who may import whom. `lib/*` stands for the pure topics (pricing, usage, chat ...). Own room always; npm
 * packages always, but for those in `packageRules`.
 */
export const rooms: readonly Room[] = [
  { folder: 'app', mayImport: ['components', 'lib/*', 'lib/client', 'lib/server', 'lib/http'] },
  { folder: 'components', mayImport: ['lib/*', 'lib/client'] },
  { folder: 'lib/client', mayImport: ['lib/*'] },
  { folder: 'lib/server', mayImport: ['db', 'lib/*', 'lib/http', 'lib/importers', 'lib/otlp', 'lib/agent'] },
  { folder: 'lib/http', mayImport: ['lib/*'] },
  { folder: 'lib/importers', mayImport: ['lib/*'] },
  { folder: 'lib/otlp', mayImport: ['lib/*', 'lib/http'] },
  { folder: 'lib/agent', mayImport: [] },
  { folder: 'lib/*', mayImport: ['lib/http'] },
  { folder: 'db', mayImport: ['lib/*'] },
  {
    folder: 'cli',
    mayImport: [
      'lib/*',
      'lib/server',
      'lib/http',
      'lib/importers',
      'lib/otlp',
      'db',
      'e2e',
      'lib/agent',
      'cli/viewer-page',
    ],
  },
  // The page on which lists are compared and soaked; its own program in a browser.
  { folder: 'cli/viewer-page', mayImport: ['components', 'lib/*', 'lib/client'] },
  { folder: 'e2e', mayImport: ['cli', 'lib/*', 'lib/http', 'lib/agent', 'db'] },
];

const namedLibRooms = new Set(['client', 'server', 'http', 'importers', 'otlp', 'agent']);

/** Packages that only some rooms may touch. */
const packageRules = [
  { package: 'postgres', rooms: ['db'], because: 'SQL lives in db/' },
  { package: 'drizzle-orm', rooms: ['db'], because: 'SQL lives in db/' },
  {
    package: 'react',
    rooms: ['app', 'components', 'lib/client', 'cli/viewer-page'],
    because: 'lib/ knows nothing of the screen',
  },
  {
    package: 'next',
    rooms: ['app', 'components', 'lib/client', 'lib/server', 'cli'],
    because: 'lib/ is pure',
  },
] as const;

export type SourceFile = {
  /** From the top of the project, with `/`. */
  readonly path: string;
  readonly text: string;
};

/** One line for each import that crosses a wall, empty when the house stands. */
export function findForbiddenImports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === null) return [];
    return importsOf(file.text).flatMap((specifier) => {
      const complaint = complain(file.path, room, specifier);
      return complaint === null ? [] : [`${file.path} imports ${specifier}: ${complaint}`];
    });
  });
}

function complain(path: string, room: string, specifier: string): string | null {
  const target = targetOf(path, specifier);
  if (target === null) return complainOfPackage(room, specifier);
  const targetRoom = roomOf(target);
  if (targetRoom === null || targetRoom === room) return null;
  const rule = rooms.find(({ folder }) => folder === room);
  if (rule?.mayImport.includes(targetRoom)) return null;
  return `${room} may not import ${targetRoom}`;
}

function complainOfPackage(room: string, specifier: string): string | null {
  for (const rule of packageRules) {
    const named = specifier === rule.package || specifier.startsWith(`${rule.package}/`);
    if (named && !rule.rooms.some((allowed) => allowed === room)) return rule.because;
  }
  return null;
}

/** The project file that a specifier names, or null for a package. */
function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return null;
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function roomOf(path: string): string | null {
  const [first, second] = path.split('/');
  if (first === 'lib') return second !== undefined && namedLibRooms.has(second) ? `lib/${second}` : 'lib/*';
  if (first === 'cli' && second === 'viewer-page') return 'cli/viewer-page';
  return rooms.some(({ folder }) => folder === first) ? (first ?? null) : null;
}

const importPattern =
  /(?:^|[\s;}])(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g;

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(importPattern)].flatMap((match) => match[1] ?? match[2] ?? []);
}
