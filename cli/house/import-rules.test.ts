import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findForbiddenImports, type SourceFile } from './import-rules.ts';

const top = path.resolve(import.meta.dirname, '../..');

function sourcesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(path.join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { path: path.relative(top, file).replaceAll(path.sep, '/'), text: readFileSync(file, 'utf8') };
    });
}

/** Tests may reach further: they set up what their subject is given by others. */
const isTest = ({ path: file }: SourceFile) =>
  /\.(test|spec)\.tsx?$/.test(file) || file.includes('/testing/');
const sources = ['app', 'components', 'lib', 'db', 'cli', 'e2e'].flatMap(sourcesUnder);
const product = sources.filter((file) => !isTest(file));

test('the house has files to look at', () => {
  expect(product.length).toBeGreaterThan(100);
});

test('no import crosses a wall of the house', () => {
  expect(findForbiddenImports(product)).toEqual([]);
});

describe('a broken wall is found', () => {
  test.each([
    ['a component that asks the database', 'components/a.tsx', "import { x } from '#db/database.ts';"],
    ['a component that calls a use case', 'components/a.tsx', "import { x } from '#lib/server/x.ts';"],
    ['SQL that knows a use case', 'db/queries/a.ts', "import { x } from '#lib/server/x.ts';"],
    ['a pure topic that reaches into the server', 'lib/usage/a.ts', "import { x } from '../server/x.ts';"],
    ['a pure topic with a database driver', 'lib/usage/a.ts', "import postgres from 'postgres';"],
    ['a use case with drizzle', 'lib/server/a.ts', "import { eq } from 'drizzle-orm';"],
    ['a page with SQL', 'app/page.tsx', "import { x } from '#db/client.ts';"],
    ['anything that imports app', 'lib/server/a.ts', "import { x } from '#app/page.tsx';"],
    ['the toolkit with the app', 'lib/agent/a.ts', "import { x } from '#lib/usage/a.ts';"],
    ['a dynamic import', 'components/a.tsx', "const x = await import('#db/database.ts');"],
    ['a re-export', 'components/a.tsx', "export { x } from '#db/database.ts';"],
    ['an import of several lines', 'components/a.tsx', "import {\n  x,\n  y,\n} from '#db/database.ts';"],
  ])('%s', (_, file, text) => {
    expect(findForbiddenImports([{ path: file, text }])).toHaveLength(1);
  });
});

test('use cases and the database client cannot be bundled for the browser', () => {
  const needed = product.filter(
    ({ path: file }) => file.startsWith('lib/server/') || file === 'db/client.ts',
  );
  const open = needed.filter(({ text }) => !text.includes("import 'server-only';"));
  expect(open.map(({ path: file }) => file)).toEqual([]);
});

test('no file is a drawer', () => {
  const drawers = sources.filter(({ path: file }) =>
    /(^|\/)(utils?|helpers?|common|misc|types|constants)(\/|\.tsx?$)/.test(file),
  );
  expect(drawers.map(({ path: file }) => file)).toEqual([]);
});

test('no server actions and no cached functions, which would open a second way in', () => {
  const open = product.filter(({ text }) => /^\s*['"]use (server|cache)/m.test(text));
  expect(open.map(({ path: file }) => file)).toEqual([]);
});
