import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { BODY, end, type Peer, untilEvent } from './peer.ts';

const SERVER = `
const server = require('node:http').createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': ${BODY.length} });
  response.end('${BODY}');
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ event: 'ready', http: 'http://127.0.0.1:' + server.address().port })));
`;

/** Says how late the event loop of a process runs (event-loop-delay.mjs): what NODE_OPTIONS has to hold. */
export const WITH_EVENT_LOOP = `--import ${join(import.meta.dirname, 'event-loop-delay.mjs')}`;

/** A bare node:http server: what the peers proxy to, and what everything is measured by. */
export async function startBackend(): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, NODE_OPTIONS: WITH_EVENT_LOOP };
  const child = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env });
  const { http = '' } = await untilEvent(child, 'ready');
  return { child, url: `${http}/` };
}

/** The bare server as a peer of its own. */
export async function startHello(): Promise<Peer> {
  const { child, url } = await startBackend();
  return { name: 'node:http hello', url, processes: [child], stop: () => end(child) };
}
