import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const timeoutMs = 300_000;

/**
 * Installs the distribution's Chromium, where that is possible without asking: as root on Debian and its
 * kin. Ubuntu's package of that name only points to a snap, so there it is left alone.
 * @param {{ log: (line: string) => void }} options
 * @returns {boolean} whether something was installed
 */
export function installBrowser({ log }) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return false;
  if (apt(['update']).status !== 0) return false;
  const { stdout } = spawnSync('apt-cache', ['show', 'chromium'], { encoding: 'utf8', timeout: timeoutMs });
  if (!stdout || /snap/i.test(stdout)) return false;
  log('installing chromium with apt-get');
  const done = apt(['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']);
  if (done.status !== 0) log(`apt-get could not: ${done.stderr.trim().split('\n').at(-1) ?? ''}`);
  return done.status === 0;
}

/** @param {readonly string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8', timeout: timeoutMs });
}
