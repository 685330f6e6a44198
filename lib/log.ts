import { env } from '#lib/env.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';
type Fields = Readonly<Record<string, unknown>>;

const rank = { debug: 0, info: 1, warn: 2, error: 3 } as const satisfies Record<Level, number>;
const secretName = /authorization|cookie|password|secret|token$|^key$|apikey|api-key|database_url/i;
const secretText = /\b(plim_[A-Za-z0-9_-]{8,}|Bearer\s+\S+|postgres(?:ql)?:\/\/\S+)/g;
const textMax = 4_000;

/** Structured lines on stderr, one JSON object each. Values under secret-like names never get there. */
export const log = {
  debug: (event: string, fields?: Fields) => write('debug', event, fields),
  info: (event: string, fields?: Fields) => write('info', event, fields),
  warn: (event: string, fields?: Fields) => write('warn', event, fields),
  error: (event: string, fields?: Fields) => write('error', event, fields),
};

function write(level: Level, event: string, fields: Fields = {}): void {
  if (rank[level] < rank[env().LOG_LEVEL]) return;
  process.stderr.write(`${formatLine(level, event, fields, new Date())}\n`);
}

/** One log line. JSON keeps CR, LF and ESC of foreign text from forging lines. */
export function formatLine(level: Level, event: string, fields: Fields, now: Date): string {
  const line: Record<string, unknown> = { time: now.toISOString(), level, event };
  for (const [name, value] of Object.entries(fields)) {
    line[name] = secretName.test(name) ? '[hidden]' : printable(value);
  }
  return JSON.stringify(line);
}

function printable(value: unknown): unknown {
  if (value instanceof Error) {
    const cause = value.cause === undefined ? {} : { cause: printable(value.cause) };
    return { message: hideSecrets(value.message), stack: hideSecrets(value.stack ?? ''), ...cause };
  }
  if (typeof value === 'string') return hideSecrets(value);
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.slice(0, 50).map(printable);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        secretName.test(name) ? '[hidden]' : printable(inner),
      ]),
    );
  }
  return value;
}

function hideSecrets(text: string): string {
  return text.slice(0, textMax).replace(secretText, '[hidden]');
}
