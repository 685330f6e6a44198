import { connect, type Socket } from 'node:net';

export type RawAnswer = { readonly status: number; readonly head: string; readonly bodyStart: string };

const headEnd = '\r\n\r\n';
const bodyStartBytes = 64;

/**
 * A keep-alive HTTP/1.1 client for ready-made requests, one at a time. Reads no more of an answer than its
 * head and length: on a machine that also runs the server, node:http in the load generator would take as
 * much CPU as the server itself.
 */
export class RawClient {
  #socket: Socket;
  #answer: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | undefined;
  #start: Buffer = Buffer.alloc(0);
  #missing = -1;
  #parsed: RawAnswer | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#answer?.reject(error));
    socket.on('close', () => this.#answer?.reject(new Error('The server closed the connection.')));
  }

  static open(target: { readonly host: string; readonly port: number }): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...target, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawClient(socket)));
    });
  }

  send(request: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#answer = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#parsed === undefined) {
      this.#start = this.#start.length === 0 ? chunk : Buffer.concat([this.#start, chunk]);
      const end = this.#start.indexOf(headEnd);
      if (end < 0) return;
      const head = this.#start.toString('latin1', 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) throw new Error(`An answer without its length:\n${head}`);
      const bodyAt = end + headEnd.length;
      const bodyStart = this.#start.toString('utf8', bodyAt, bodyAt + bodyStartBytes);
      this.#parsed = { status: Number(head.slice(9, 12)), head, bodyStart };
      this.#missing = Number(length) - (this.#start.length - bodyAt);
    } else this.#missing -= chunk.length;
    if (this.#missing > 0) return;
    const parsed = this.#parsed;
    this.#parsed = undefined;
    this.#start = Buffer.alloc(0);
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.resolve(parsed);
  }
}
