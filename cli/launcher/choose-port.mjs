import { createServer } from 'node:net';
import { errorCode } from './error-code.mjs';
import { LaunchError } from './launch-error.mjs';

/**
 * The port to serve on: the asked one when it is free, any free one for 0.
 * @param {{ host: string, port: string | undefined }} asked
 * @returns {Promise<number>}
 * @throws {LaunchError} naming the port when it is taken or no port at all
 */
export async function choosePort({ host, port = '3000' }) {
  const number = Number(port.trim() === '' ? 3000 : port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new LaunchError(`PORT is "${port}", which is not a port number from 0 to 65535.`);
  }
  const server = createServer();
  try {
    return await listen(server, number, host);
  } catch (error) {
    throw explain(error, { host, port: number });
  } finally {
    server.close();
  }
}

/**
 * @param {import('node:net').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * A refusal to listen in the words of the person who started it.
 * @param {unknown} error
 * @param {{ host: string, port: number }} asked
 */
export function explain(error, { host, port }) {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new LaunchError(
        `Port ${port} on ${host} is already in use. Choose another: PORT=${port + 1} npm start`,
      );
    case 'EACCES':
      return new LaunchError(`Port ${port} needs more rights. Choose another: PORT=3000 npm start`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new LaunchError(`HOST is "${host}", which is not an address of this machine.`);
    default:
      return error;
  }
}
