import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 25;
const answerTimeoutMs = 10_000;

/**
 * Waits until the app says that it can serve: its database answers and is migrated. Migrations may take
 * long, so the wait ends only with the signal.
 * @param {string} url
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<boolean>} false when the signal ended it
 */
export async function waitUntilReady(url, { signal }) {
  while (!signal.aborted) {
    if ((await askStatus(`${url}/api/health/ready`)) === 200) return true;
    await sleep(pollMs, undefined, { signal }).catch(() => {});
  }
  return false;
}

/**
 * @param {string} url
 * @returns {Promise<number>} 0 when nothing answers
 */
function askStatus(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: answerTimeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });
}
