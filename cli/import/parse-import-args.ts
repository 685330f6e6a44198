import { parseArgs } from 'node:util';
import { parseInstant } from '#lib/time/parse-instant.ts';

export type ImportArgs = {
  readonly paths: readonly string[];
  readonly isDryRun: boolean;
  readonly isJson: boolean;
  readonly isWatching: boolean;
  readonly isFromStart: boolean;
  readonly sinceMs: number | null;
  readonly to: string | null;
  readonly key: string | null;
};

export const importUsage = `Imports the session logs of Claude Code, Codex CLI, OpenClaw, Gemini CLI and OpenCode.

  npm run import -- [path …] [options]

Without a path: the standard places of each tool on this machine.

  --dry-run       read and sum up, store nothing
  --since DATE    leave out what is older (2026-11-01, or with a time: 2026-11-01T08:00:00Z)
  --watch         then follow the files as they grow, until Ctrl-C
  --to URL        send to the ingest API of a running server instead of this machine's ledger
  --key KEY       its API key (default: the environment variable PLIMSOLL_KEY)
  --from-start    read all files again from their first byte (nothing is stored twice)
  --json          print the summary as JSON
  --help          this text
`;

/** @throws Error with one line that says what is wrong. */
export function parseImportArgs(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ImportArgs | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      since: { type: 'string' },
      watch: { type: 'boolean', default: false },
      to: { type: 'string' },
      key: { type: 'string' },
      'from-start': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const to = values.to === undefined ? null : parseUrl(values.to);
  const key = values.key ?? environment['PLIMSOLL_KEY'] ?? null;
  const isDryRun = values['dry-run'];
  if (to !== null && key === null && !isDryRun) {
    throw new Error('--to needs a key: add --key, or set PLIMSOLL_KEY. Keys are made in Settings.');
  }
  if (values.watch && isDryRun) throw new Error('--watch with --dry-run would follow the files for nothing.');
  return {
    paths: positionals,
    isDryRun,
    isJson: values.json,
    isWatching: values.watch,
    isFromStart: values['from-start'],
    sinceMs: values.since === undefined ? null : parseSince(values.since),
    to,
    key,
  };
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error(
      `--to takes the address of a server, like http://127.0.0.1:3000, not ${JSON.stringify(text)}.`,
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function parseSince(text: string): number {
  const instant = parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (instant !== null) return instant.epochMs;
  throw new Error(
    `--since takes a day (2026-11-01, UTC) or an instant (2026-11-01T08:00:00Z), not ${JSON.stringify(text)}.`,
  );
}
