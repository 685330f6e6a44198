import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own, as the app is one: reads each body and answers as many bytes as the app does to a
// single event, and does nothing else. What the load reaches here, no server on node:http passes.
const answer = JSON.stringify({
  accepted: 1,
  duplicates: 0,
  conflicts: 0,
  rejected: 0,
  raised: 0,
  redacted: 0,
  results: [{ index: 0, id: '00000000-0000-7000-8000-000000000000', status: 'accepted' }],
});
const head = ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(answer))];

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, head);
    response.end(answer);
  });
});
server.listen({ host: '127.0.0.1', port: 0 }, () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
