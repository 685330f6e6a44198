import net from 'node:net';
import postgres from 'postgres';

export type ConnectOptions = {
  /** `postgres://user:password@host:port/name`; `?host=/dir` takes the Unix socket in that directory. */
  readonly url: string;
  readonly connectionsMax: number;
  /** False behind PgBouncer in transaction mode. Default true. */
  readonly prepare?: boolean;
  /** Statements are ended by the server after this long. Default 30,000. */
  readonly statementTimeoutMs?: number;
  /** What Postgres says to a connection that listens. */
  readonly onNotify?: (channel: string, note: string) => void;
  /** A connection of the pool was lost or ended. */
  readonly onClose?: () => void;
};

/**
 * Opens a lazy pool. A refused connection fails its query at once and is tried anew by the next one.
 * @throws TypeError when the URL is none.
 */
export function connect(options: ConnectOptions): postgres.Sql {
  const url = new URL(options.url);
  const directory = url.searchParams.get('host');
  const port = Number(url.searchParams.get('port') ?? (url.port || 5432));
  const socketPath = directory?.startsWith('/') ? `${directory}/.s.PGSQL.${port}` : undefined;
  const host = directory ?? url.hostname;
  return postgres({
    ...(socketPath === undefined ? { host, port, socket: openSocket } : { path: socketPath }),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    ssl: sslOf(url),
    max: options.connectionsMax,
    prepare: options.prepare ?? true,
    connect_timeout: 3,
    backoff: () => 0.1,
    max_lifetime: null,
    // We pass array literals as text and cast them: no need to ask for the catalog of types first.
    fetch_types: false,
    onnotice: () => undefined,
    // Known to the library, not to its types: it listens on the connection that it is set for.
    ...(options.onNotify && { onnotify: options.onNotify }),
    ...(options.onClose && { onclose: options.onClose }),
    connection: {
      application_name: 'plimsoll',
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      TimeZone: 'UTC',
    },
  });
}

function sslOf(url: URL): 'require' | 'prefer' | 'allow' | 'verify-full' | false {
  const mode = url.searchParams.get('sslmode');
  if (mode === 'require' || mode === 'prefer' || mode === 'allow' || mode === 'verify-full') return mode;
  return false;
}

/** postgres.js leaves Nagle on, which costs 40 ms a batch over TCP (docs/benchmarks.md). */
function openSocket(options: { readonly host: readonly string[]; readonly port: readonly number[] }) {
  return new Promise<net.Socket>((resolve, reject) => {
    const socket = net.connect({
      host: options.host[0] ?? 'localhost',
      port: options.port[0] ?? 5432,
      noDelay: true,
    });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
