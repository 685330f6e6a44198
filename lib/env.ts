import { z } from 'zod';

const optionalText = z.string().trim().optional();

const databaseUrl = z
  .string()
  .trim()
  .refine(
    (text) => /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text),
    'Expected postgres://user:password@host:port/name',
  )
  .optional();

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .optional()
  .transform((text) => text === '1' || text === 'true');

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** A `postgres://` URL. The launcher sets it to the embedded server's socket when it is unset. */
  DATABASE_URL: databaseUrl,
  PLIMSOLL_DATA_DIR: z.string().min(1).default('.plimsoll'),
  /** A key with all scopes for headless use. Beyond loopback it must be long: see `assertSafeBinding`. */
  PLIMSOLL_ADMIN_KEY: optionalText.pipe(z.string().max(200).optional()),
  /** Sets the sign-in password at start, for containers. */
  PLIMSOLL_PASSWORD: optionalText.pipe(z.string().min(10).max(200).optional()),
  /** The address in people's browsers, when a proxy stands in front: allows its host and, for https, sets HSTS. */
  PLIMSOLL_PUBLIC_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
  /** Further host names that may be asked for, comma-separated. */
  PLIMSOLL_ALLOWED_HOSTS: optionalText,
  /** Set by the launcher: the token of this start's login link, and the key of the printed curl line. */
  PLIMSOLL_LOGIN_TOKEN: optionalText,
  PLIMSOLL_LOCAL_KEY: optionalText,
  /** `0` stores messages as they came. */
  PLIMSOLL_REDACT: z.enum(['0', '1']).default('1'),
  /** Messages' text is dropped after this many days; the ledger is kept. `0` keeps it for ever. */
  PLIMSOLL_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(30),
  /** How long a cleared history can be restored. `0` purges it at once. */
  PLIMSOLL_UNDO_MINUTES: z.coerce.number().int().min(0).max(43_200).default(10),
  /** Connections to Postgres held by this process. */
  PLIMSOLL_POOL_MAX: z.coerce.number().int().min(4).max(200).default(12),
  /** `1` behind PgBouncer in transaction mode: no prepared statements. */
  PLIMSOLL_NO_PREPARE: flag,
  /** Straight to Postgres, for LISTEN, where DATABASE_URL leads to PgBouncer. */
  PLIMSOLL_DIRECT_DATABASE_URL: databaseUrl,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Env = z.infer<typeof environment>;

/**
 * Reads an environment. `KEY=` counts as unset, as in most shells' and compose files' habits.
 * @throws Error that names each wrong variable, what was expected, and never its value.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.entries(source).filter(([, text]) => text !== undefined && text.trim() !== '');
  const result = environment.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is wrong:\n${lines.join('\n')}`);
}

let cached: Env | undefined;

/** The parsed environment of this process. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
