import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

export type Corpus = { readonly folder: string; readonly files: number; readonly bytes: number };

/**
 * Many copies of a folder of Claude Code sessions, each with session, message, request and tool ids of its
 * own, so that nothing is left out as a copy. `folder` becomes a Claude configuration folder.
 */
export async function copyTranscripts(
  from: string,
  { folder, copies }: { readonly folder: string; readonly copies: number },
): Promise<Corpus> {
  const names = (await readdir(from, { recursive: true })).filter((name) => name.endsWith('.jsonl'));
  let bytes = 0;
  for (const name of names) {
    const text = await readFile(join(from, name), 'utf8');
    const session = basename(name, '.jsonl');
    for (let copy = 0; copy < copies; copy++) {
      const number = String(copy).padStart(8, '0');
      const own = number + session.slice(8);
      const changed = text.replaceAll(session, own).replaceAll(/"(msg|req|toolu)_/g, `"$1_${number}`);
      const place = join(folder, 'projects', `${relative('.', name).split('/')[0] ?? 'project'}-${number}`);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, `${own}.jsonl`), changed);
      bytes += Buffer.byteLength(changed);
    }
  }
  return { folder, files: names.length * copies, bytes };
}
