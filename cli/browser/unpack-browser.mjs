import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../launcher/repository-root.mjs';

const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];

/**
 * Unpacks the Chromium of the npm package @sparticuz/chromium, with the libraries and fonts it brings, to
 * node_modules/.cache; about two seconds once. Null where the package is not there or not for this machine.
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<import('./find-browser.mjs').Browser | null>}
 */
export async function unpackBrowser({ log }) {
  const packageDir = join(repositoryRoot, 'node_modules', '@sparticuz', 'chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(packageDir)) return null;
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  const folder = join(repositoryRoot, 'node_modules', '.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    log('unpacking the chromium of @sparticuz/chromium');
    await unpackTo(folder, join(packageDir, 'bin'));
  }
  const fonts = join(folder, 'fonts');
  await writeFile(join(fonts, 'fonts.conf'), formatFontsConfiguration(folder));
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: fonts, HOME: folder },
  };
}

/**
 * @param {string} folder
 * @param {string} archiveDir
 */
async function unpackTo(folder, archiveDir) {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const { TMPDIR, LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
  // The package unpacks to the temporary folder, whatever its version is there, and sets these on import.
  process.env['TMPDIR'] = draft;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    for (const archive of archives) await inflate(join(archiveDir, archive));
  } finally {
    restore({ TMPDIR, LD_LIBRARY_PATH, FONTCONFIG_PATH });
  }
  await rename(draft, folder);
}

/** @param {Record<string, string | undefined>} variables */
function restore(variables) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/**
 * The package's own file names a fixed temporary folder only; elsewhere every text would be 0 pixels high.
 * @param {string} folder
 */
function formatFontsConfiguration(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
