import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks for one line. On a terminal what is typed does not show; else the line is read from the pipe. */
export async function askSecret(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTerminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  try {
    if (isTerminal) process.stdout.write(question);
    lines.once('SIGINT', () => process.exit(130));
    return await firstLine(lines);
  } finally {
    lines.close();
    if (isTerminal) process.stdout.write('\n');
  }
}

async function firstLine(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) return line;
  throw new Error('Nothing was typed.');
}
