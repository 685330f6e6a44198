import { readFileSync } from 'node:fs';
import path from 'node:path';
import { env } from '#lib/env.ts';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { runLoop } from './example-agent/run-loop.ts';
import { getRunningApp } from './running-app.ts';

/**
 * A bot on the AI SDK with a local fake model and a tool that answers 396 KB each time, run twice: without
 * the toolkit, until its session dies, and with it. Both send to the running app.
 */
try {
  const { url } = getRunningApp(env());
  const key = process.env['PLIMSOLL_KEY'] ?? readLocalKey();
  const stamp = new Date().toISOString().slice(0, 19);
  console.log(
    `Two runs of 35 turns against a model with a window of 200,000 tokens. Both report to ${url}\n`,
  );
  for (const withToolkit of [false, true]) {
    const session = `example ${withToolkit ? 'with' : 'without'} the toolkit ${stamp}`;
    const run = await runLoop({ url, key, session, withToolkit, turns: 35 });
    console.log(
      `${withToolkit ? 'With the toolkit' : 'Without'}: ${run.turns} of 35 turns${run.death === null ? '' : `, then: ${run.death}`}`,
    );
    console.log(
      `  ${formatCount(run.inputTokens)} input tokens in ${run.calls} calls, ${formatBytes(run.sentBytesMax)} in the largest request, ${run.left} events not sent`,
    );
    console.log(`  ${url}/sessions/${encodeURIComponent(session)}\n`);
  }
  console.log(`What was cut out and what that saved: ${url}/operations`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** The key that `npm start` prints: it may send. */
function readLocalKey(): string {
  try {
    return readFileSync(path.join(env().PLIMSOLL_DATA_DIR, 'local-key'), 'utf8').trim();
  } catch (cause) {
    throw new Error('There is no local key here: create one in the settings and set PLIMSOLL_KEY.', {
      cause,
    });
  }
}
