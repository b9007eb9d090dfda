import { type ConnectionOptions, connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { cpuMicroseconds } from '../cpu.ts';
import type { Peer } from './peer.ts';

const HANDSHAKES = 400;

/** CPU of the server for a connection that is made and closed, microseconds. */
export interface HandshakeRound {
  readonly full: number;
  readonly resumed: number;
}

/** Connections one after the other: with a handshake from the start each, then each with a session that resumes. */
export async function shakeHands(peer: Peer, version: SecureVersion): Promise<HandshakeRound> {
  const options = { maxVersion: version };
  const session = await sessionOf(peer, options);
  return { full: await cpuOf(peer, options), resumed: await cpuOf(peer, { ...options, session }) };
}

async function cpuOf(peer: Peer, options: ConnectionOptions): Promise<number> {
  const before = cpuMicroseconds(peer.processes);
  for (let i = 0; i < HANDSHAKES; i++) await shakeOnce(peer, options);
  return (cpuMicroseconds(peer.processes) - before) / HANDSHAKES;
}

/** @throws Error where the session was not resumed */
function shakeOnce(peer: Peer, options: ConnectionOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open(peer, options);
    socket.on('secureConnect', () => {
      if (options.session !== undefined && !socket.isSessionReused()) reject(new Error('a session was not resumed'));
      socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}

/** A session that the server offers. */
function sessionOf(peer: Peer, options: ConnectionOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = open(peer, options);
    socket.on('session', (session) => {
      resolve(session);
      socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('no session was offered')));
  });
}

function open({ secureUrl = '', host = '' }: Peer, options: ConnectionOptions): TLSSocket {
  const { hostname, port } = new URL(secureUrl);
  // The certificate is the sandbox's own; nothing but this machine is reached.
  const socket = connect({
    host: hostname,
    port: Number(port),
    servername: host,
    rejectUnauthorized: false,
    ...options,
  });
  return socket.resume();
}
