import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 1_000;
const drainMs = 2_000;
const pollMs = 20;

/**
 * Ends a server: no new connection at once, event streams are ended, requests under way get a second, then
 * what runs beside them (queues, jobs) is ended, and connections that are still open two seconds later (a
 * half-sent request, a slow reader) are cut.
 * @param {import('node:http').Server} server
 * @param {{ requestsOpen: () => number, endStreams: () => void, closeRest: () => Promise<void> }} options
 */
export async function drainServer(server, { requestsOpen, endStreams, closeRest }) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  endStreams();
  const graceUntil = performance.now() + graceMs;
  while (requestsOpen() > 0 && performance.now() < graceUntil) await sleep(pollMs);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  // Answers may have left idle connections behind meanwhile.
  const sweep = setInterval(() => server.closeIdleConnections(), pollMs);
  await Promise.all([closeRest(), closed]);
  clearTimeout(cut);
  clearInterval(sweep);
}
