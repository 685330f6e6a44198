import { createServer } from 'node:http';
import next from 'next';
import { explain } from './launcher/choose-port.mjs';
import { drainServer } from './launcher/drain-server.mjs';
import { LaunchError } from './launcher/launch-error.mjs';
import { repositoryRoot } from './launcher/repository-root.mjs';
import { restContexts } from './launcher/rest-contexts.mjs';

/**
 * The app's one server process: node:http in front, then the front door that instrumentation.ts puts on
 * `globalThis` (compiled by Next, so that it is the app's own TypeScript), then Next.
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {object} FrontDoor
 * @property {(request: Request, response: Response, next: (request: Request, response: Response) => Promise<void>) => void} handle
 * @property {() => void} endStreams
 * @property {() => Promise<void>} close
 */

const exitAfterMs = 8_000;
const connectionsMax = 2_000;
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  // Node looks for late senders only this often.
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

const frontDoorSlot = Symbol.for('plimsoll.front-door');
const isDev = process.argv.includes('--dev');
const host = process.env['HOST'] || '127.0.0.1';
const port = Number(process.env['PORT'] || 3000);

// Who read our output is gone, which is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// Before Next is prepared, which runs its first.
const contexts = isDev ? undefined : restContexts();
const hasLauncher = process.connected;
// It never listens. Next puts its upgrade listener on it instead of on ours: a server without one reads an
// `Upgrade: h2c`, which Java's HttpClient sends with each request, as the ordinary request that it is.
const upgrades = createServer();
const app = next({ dev: isDev, dir: repositoryRoot, hostname: host, port, httpServer: upgrades });
const answer = app.getRequestHandler();
await prepare();
// It was killed while we prepared, before anybody here listened for that.
if (hasLauncher && !process.connected) process.exit(1);

let isClosing = false;
let requestsOpen = 0;
const server = createServer(limits, (request, response) => {
  requestsOpen += 1;
  response.once('close', () => {
    requestsOpen -= 1;
  });
  if (isClosing) response.setHeader('Connection', 'close');
  const frontDoor = findFrontDoor();
  if (frontDoor === undefined) refuseForNow(response);
  else frontDoor.handle(request, response, answerPage);
});
server.maxConnections = connectionsMax;
/** @type {Set<import('node:stream').Duplex>} sockets of hot reloading, which the server does not count as its own */
const upgraded = new Set();
if (isDev) server.on('upgrade', passUpgrade);
server.on('error', fail);
server.listen({ host, port }, () => void process.send?.('listening'));

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void close());
// The launcher was killed: nobody else would stop us, and the port would stay taken.
process.on('disconnect', () => void close());

async function close() {
  if (isClosing) return;
  isClosing = true;
  setTimeout(() => process.exit(1), exitAfterMs).unref();
  for (const socket of upgraded) socket.destroy();
  try {
    await drainServer(server, {
      requestsOpen: () => requestsOpen,
      endStreams: () => findFrontDoor()?.endStreams(),
      closeRest: async () => findFrontDoor()?.close(),
    });
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

/**
 * A page is done when Next says so and its reader has it, whichever comes last.
 * @param {Request} request
 * @param {Response} response
 */
async function answerPage(request, response) {
  const leave = contexts?.enter();
  const hangUp = contexts?.enter();
  if (hangUp) response.once('close', hangUp);
  try {
    await answer(request, response);
  } finally {
    leave?.();
  }
}

/** Next tells in its own words how long its config took, also in production, and cannot be told not to. */
async function prepare() {
  const { log } = console;
  console.log = (...words) => {
    if (!words.join(' ').includes('Running next.config')) log(...words);
  };
  try {
    await app.prepare();
  } finally {
    console.log = log;
  }
}

/**
 * @param {Request} request
 * @param {import('node:stream').Duplex} socket
 * @param {Buffer} head
 */
function passUpgrade(request, socket, head) {
  upgraded.add(socket);
  socket.once('close', () => upgraded.delete(socket));
  // Before its first request Next does not listen: the page tries again.
  if (isClosing || !upgrades.emit('upgrade', request, socket, head)) socket.destroy();
}

/** @returns {FrontDoor | undefined} */
function findFrontDoor() {
  return Reflect.get(globalThis, frontDoorSlot);
}

/** @param {Response} response */
function refuseForNow(response) {
  const type = 'urn:plimsoll:problem:not_ready';
  const problem = { type, title: 'The server is starting', status: 503, code: 'not_ready' };
  response.writeHead(503, {
    'Content-Type': 'application/problem+json',
    'Retry-After': '1',
    Connection: 'close',
  });
  response.end(JSON.stringify({ ...problem, detail: 'The server is starting.' }));
}

/** @param {unknown} error */
function fail(error) {
  const known = explain(error, { host, port });
  console.error(known instanceof LaunchError ? known.message : known);
  process.exit(1);
}
