import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBundle } from './open-bundle.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'plimsoll-bundle-'));
  await writeFile(
    join(root, 'program.ts'),
    "import { word } from './word.ts'; export const said: string = word;",
  );
  await writeFile(join(root, 'word.ts'), "export const word: string = 'once';");
});
afterEach(() => rm(root, { recursive: true }));

async function said(): Promise<unknown> {
  const address = await openBundle('program.ts', root);
  if (address === null) throw new Error('It was not built.');
  const program: { readonly said: unknown } = await import(address);
  return program.said;
}

test('a program is built once, and again after one of its files has changed', async () => {
  expect(await said()).toBe('once');
  const first = await openBundle('program.ts', root);
  expect(await openBundle('program.ts', root)).toBe(first);
  await writeFile(join(root, 'word.ts'), "export const word: string = 'again, and longer';");
  expect(await said()).toBe('again, and longer');
});

test('a bundle that somebody removed is built again', async () => {
  const first = await openBundle('program.ts', root);
  const cache = join(root, 'node_modules/.cache/plimsoll');
  const [folder = ''] = (await readdir(cache)).filter((name) => name.startsWith('program-'));
  await rm(join(cache, folder), { recursive: true });
  expect(await said()).toBe('once');
  expect(await openBundle('program.ts', root)).not.toBe(first);
});

test('what cannot be compiled gives nothing, so that the caller can do it another way', async () => {
  await writeFile(join(root, 'word.ts'), 'export const word: string = ;');
  expect(await openBundle('program.ts', root)).toBeNull();
});
