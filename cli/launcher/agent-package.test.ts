import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
let folder = '';
let packed: {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
};
const run = (cwd: string, command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** `npm pack` swaps package.json for its duration, so that it runs on a copy. */
function copyProject(): string {
  const copy = path.join(folder, 'project');
  mkdirSync(path.join(copy, 'cli'), { recursive: true });
  mkdirSync(path.join(copy, 'lib'));
  for (const name of [
    'package.json',
    'tsconfig.json',
    'LICENSE',
    'README.md',
    'docs',
    'cli/pack',
    'lib/agent',
  ]) {
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-pack-'));
  const copy = copyProject();
  const before = readFileSync(path.join(copy, 'package.json'), 'utf8');
  packed = JSON.parse(run(copy, 'npm', ['pack', '--json', '--silent', '--pack-destination', folder]))[0];
  expect(readFileSync(path.join(copy, 'package.json'), 'utf8'), 'package.json is back').toBe(before);
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(path.join(empty, 'package.json'), '{"name":"empty","type":"module","private":true}');
  const tarball = path.join(folder, packed.filename);
  run(empty, 'npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', tarball]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm pack', () => {
  test('gives the toolkit alone: no tests, nothing of the app, no dependency', () => {
    const files = packed.files.map((file) => file.path);
    expect(files).toContain('dist/agent/index.js');
    expect(files).toContain('dist/agent/index.d.ts');
    const rest = files.filter((file) => !file.startsWith('dist/agent/'));
    expect(rest.sort()).toEqual(['LICENSE', 'README.md', 'docs/agent.md', 'package.json']);
    expect(files.filter((file) => /test|testing/.test(file))).toEqual([]);
    expect(
      readdirSync(path.join(folder, 'empty/node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['plimsoll']);
    expect(packed.size).toBeLessThan(150_000);
  });

  test('an empty project uses it as a module', () => {
    const program = `
      import { createPlimsoll, pruneContext, pruneResponse } from 'plimsoll/agent';
      const { content } = pruneResponse(JSON.stringify({ rows: Array(5000).fill({ id: 1 }) }));
      const { report } = pruneContext([{ role: 'user', content: 'hi' }]);
      const plimsoll = createPlimsoll({ url: 'http://127.0.0.1:9', key: 'k', heartbeat: false });
      plimsoll.usage.track({ type: 'heartbeat' });
      await plimsoll.usage.close(50);
      await plimsoll.close();
      console.log(JSON.stringify([content.length < 2000, report.fits]));`;
    writeFileSync(path.join(folder, 'empty/use.mjs'), program);
    expect(run(path.join(folder, 'empty'), process.execPath, ['use.mjs']).trim()).toBe('[true,true]');
  });

  test.each([
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ])('and has its types with module %s, resolved by %s, none skipped', (module, moduleResolution) => {
    const empty = path.join(folder, 'empty');
    const program = `
      import { type FitReport, SessionGuard, wrapOpenAI, createPlimsoll } from 'plimsoll/agent';
      const guard = new SessionGuard<{ role: 'user'; content: string }>({ bytesMax: 10_000 });
      const report: FitReport = (await guard.fit([{ role: 'user', content: 'hi' }])).report;
      const client = wrapOpenAI({ chat: { completions: { create: async (_: { model: string }) => 'x' } } }, createPlimsoll({ url: '', key: '' }));
      const answer: string = await client.chat.completions.create({ model: report.compaction });
      // @ts-expect-error the option is a number
      new SessionGuard({ bytesMax: answer });
      export {};`;
    writeFileSync(path.join(empty, 'use.ts'), program);
    const options = {
      module,
      moduleResolution,
      target: 'ES2022',
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      types: [],
    };
    writeFileSync(
      path.join(empty, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['use.ts'] }),
    );
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    expect(run(empty, process.execPath, [compiler, '-p', '.'])).toBe('');
  });
});
