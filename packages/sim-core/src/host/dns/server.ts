import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import type { Socket as TcpSocket } from 'node:net';
import { ListenError, type Listener, listen } from '../edge/listen.ts';
import type { Transport } from './answer-packet.ts';
import { acceptTcp } from './tcp.ts';
import type { DnsSource } from './zones.ts';

/** How often another free port is looked for when UDP has the first one taken. */
const FREE_PORT_TRIES = 20;

/** What a name server is started with. */
export interface DnsServerOptions {
  readonly source: DnsSource;
  readonly addresses: readonly string[];
  /** 0 takes a port that is free for both UDP and TCP. */
  readonly port: number;
  onError(error: unknown): void;
}

/** Answers a packet; undefined gives no answer. */
export type AnswerDns = (packet: Buffer, transport: Transport) => Promise<Buffer | undefined>;

/**
 * Starts the cluster's name server on UDP and TCP. The code that reads packets is loaded with the first one.
 * @throws ListenError
 */
export async function startDnsServer(options: DnsServerOptions): Promise<Listener> {
  const answer: AnswerDns = async (packet, transport) => {
    try {
      const { answerPacket } = await import('./answer-packet.ts');
      return answerPacket(packet, options.source, transport);
    } catch (error) {
      options.onError(error);
      return undefined;
    }
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnBoth(options, answer);
    } catch (error) {
      const retry = options.port === 0 && error instanceof ListenError && error.code === 'taken';
      if (!retry || attempt >= FREE_PORT_TRIES) throw error;
    }
  }
}

async function listenOnBoth({ addresses, port }: DnsServerOptions, answer: AnswerDns): Promise<Listener> {
  const connections = new Set<TcpSocket>();
  const tcp = await listen(addresses, port, (socket) => {
    connections.add(socket.once('close', () => connections.delete(socket)));
    acceptTcp(socket, answer);
  });
  const sockets: UdpSocket[] = [];
  const close = () => {
    tcp.close();
    for (const socket of sockets) socket.close();
    for (const connection of connections) connection.destroy();
  };
  try {
    for (const address of addresses) {
      const socket = await bindUdp(address, tcp.port, answer, sockets.length > 0);
      if (socket !== undefined) sockets.push(socket);
    }
  } catch (error) {
    close();
    throw error;
  }
  return { port: tcp.port, close };
}

/** @returns undefined where the address family does not exist and may be left out */
function bindUdp(address: string, port: number, answer: AnswerDns, optional: boolean): Promise<UdpSocket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(':') ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' });
    const failed = (error: NodeJS.ErrnoException) => {
      socket.close();
      const missing = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (missing && optional) resolve(undefined);
      else reject(new ListenError(address, port, error));
    };
    socket.once('error', failed);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', failed);
      serveUdp(socket, answer);
      resolve(socket);
    });
  });
}

function serveUdp(socket: UdpSocket, answer: AnswerDns): void {
  // A client that has left makes its port unreachable: nothing to do.
  socket.on('error', () => {});
  socket.on('message', async (packet, { address, port }) => {
    const reply = await answer(packet, 'udp');
    // The server may have ended meanwhile.
    if (reply !== undefined && isOpen(socket)) socket.send(reply, port, address, () => {});
  });
}

function isOpen(socket: UdpSocket): boolean {
  try {
    socket.address();
    return true;
  } catch {
    return false;
  }
}
