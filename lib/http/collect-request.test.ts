import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { type CollectRequestOptions, collectRequest } from './collect-request.ts';

type Outcome = { readonly text: string; readonly wasThere: boolean } | string;
type Begin = (request: IncomingMessage) => Promise<void> | undefined;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real server on a real connection; `outcome` is what became of the first request's body. */
async function serve(
  options: Partial<CollectRequestOptions> = {},
  begin: Begin = async () => {},
): Promise<{ socket: Socket; outcome: Promise<Outcome>; answers: () => string; closed: () => number }> {
  let closed = 0;
  let settle: (outcome: Outcome) => void = () => {};
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const server = createServer(async (request, response) => {
    request.once('close', () => {
      closed += 1;
    });
    const begun = begin(request);
    if (begun !== undefined) await begun;
    try {
      const length = request.headers['content-length'];
      const declaredBytes = length === undefined ? null : Number(length);
      const body = collectRequest(request, { bytesMax: 1_000, declaredBytes, ...options });
      const wasThere = Buffer.isBuffer(body);
      settle({ text: String(await body), wasThere });
    } catch (error) {
      settle(error instanceof AppError ? error.code : String(error));
    }
    response.end('answered');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += String(chunk);
  });
  // A server that is closed under a half-sent request resets the connection.
  socket.on('error', () => {});
  closers.push(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { socket, outcome, answers: () => received, closed: () => closed };
}

const head = (length: number) => `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`;

test('a small body that comes with its headers is there at once', async () => {
  const { socket, outcome } = await serve();
  socket.write(`${head(5)}hello`);
  expect(await outcome).toEqual({ text: 'hello', wasThere: true });
});

test('a small body is taken without listeners also by a handler that does not wait', async () => {
  const listened: unknown[] = [];
  const { socket, outcome } = await serve({}, (request) => {
    request.on('newListener', (name) => listened.push(name));
    return undefined;
  });
  socket.write(`${head(5)}hello`);
  expect(await outcome).toEqual({ text: 'hello', wasThere: false });
  expect(listened).toEqual([]);
});

test('an empty body is there at once', async () => {
  const { socket, outcome } = await serve();
  socket.write(head(0));
  expect(await outcome).toEqual({ text: '', wasThere: true });
});

test('a body in two pieces is read whole', async () => {
  const { socket, outcome } = await serve({}, async () => void socketNow().write('lo'));
  const socketNow = () => socket;
  socket.write(`${head(5)}hel`);
  expect(await outcome).toEqual({ text: 'hello', wasThere: false });
});

test('a body of two chunks that both came while the request waited is read whole', async () => {
  const { socket, outcome } = await serve({}, isComplete);
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n');
  socket.write('2\r\nlo\r\n0\r\n\r\n');
  expect(await outcome).toEqual({ text: 'hello', wasThere: true });
});

test('the connection serves its next request after either way', async () => {
  const { socket, outcome, answers, closed } = await serve();
  socket.write(`${head(5)}hello`);
  await outcome;
  socket.write(head(5));
  socket.write('again');
  socket.write(`${head(5)}third`);
  await expect.poll(() => answers().match(/answered/g)?.length).toBe(3);
  await expect.poll(closed).toBe(3);
});

test.each([
  ['that is there', 0],
  ['that still comes', 1],
])('a body %s is taken up to the limit, to the byte', async (_, late) => {
  for (const [length, expected] of [
    [1_000, { text: 'x'.repeat(1_000), wasThere: late === 0 }],
    [1_001, 'body_too_large'],
  ] as const) {
    const { socket, outcome } = await serve({}, async () => void socketNow().write('x'.repeat(late)));
    const socketNow = () => socket;
    socket.write(head(length) + 'x'.repeat(length - late));
    expect(await outcome).toEqual(expected);
  }
});

test('a refused body leaves the connection open for the answer', async () => {
  const { socket, outcome, answers } = await serve();
  socket.write(head(5_000) + 'x'.repeat(2_000));
  expect(await outcome).toBe('body_too_large');
  socket.write('x'.repeat(3_000));
  await expect.poll(answers).toContain('answered');
});

test('a sender that leaves in the middle is bad_request, also when nobody read yet', async () => {
  const reading = await serve({}, async () => void setImmediate(() => reading.socket.destroy()));
  reading.socket.write(`${head(5)}he`);
  expect(await reading.outcome).toBe('bad_request');

  const waiting = await serve({}, isGone);
  waiting.socket.write(`${head(5)}he`, () => waiting.socket.destroy());
  expect(await waiting.outcome).toBe('bad_request');
});

test('a sender that left after its whole body, before anybody read it, is bad_request', async () => {
  const { socket, outcome } = await serve({}, isGone);
  socket.write(`${head(5)}hello`, () => socket.destroy());
  expect(await outcome).toBe('bad_request');
});

test('a body that does not arrive in time is request_timeout', async () => {
  const { socket, outcome } = await serve({ waitMsMax: 20 });
  socket.write(`${head(5)}he`);
  expect(await outcome).toBe('request_timeout');
});

const isComplete: Begin = (request) => untilTrue(() => request.complete);
const isGone: Begin = (request) => untilTrue(() => request.destroyed);

async function untilTrue(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setImmediate(resolve));
}
