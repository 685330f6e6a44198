import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureCommand } from './measure-command.ts';

/** What a version prints for an empty folder proves that it runs here. */
export type Installed = { readonly version: string; readonly program: string } | { readonly reason: string };

/** Installs one version with npm into a folder of its own; it is no dependency of this project. */
export async function installCcusage(range: string, folder: string): Promise<Installed> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const npm = ['npm', 'install', '--no-audit', '--no-fund', '--prefix', folder, `ccusage@${range}`] as const;
  const program = join(folder, 'node_modules/.bin/ccusage');
  try {
    await measureCommand(npm, {});
    const { output } = await measureCommand([program, '--version'], {});
    return { version: output.trim().replace(/^ccusage\s+/, ''), program };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { reason: words.split('\n').at(-1) ?? words };
  }
}
