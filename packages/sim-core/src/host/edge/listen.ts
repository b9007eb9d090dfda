import { createServer, type Server, type Socket } from 'node:net';

/** How often another free port is looked for when the other address family has the first one taken. */
const FREE_PORT_TRIES = 20;

/** An address and port that cannot be listened on. The caller exits with code 3. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: 'taken' | 'not-permitted' | 'failed';
  readonly address: string;
  readonly port: number;

  constructor(address: string, port: number, cause: NodeJS.ErrnoException) {
    const code = cause.code === 'EADDRINUSE' ? 'taken' : cause.code === 'EACCES' ? 'not-permitted' : 'failed';
    const why = { taken: 'the port is taken', 'not-permitted': 'not permitted', failed: cause.message }[code];
    super(`cannot listen on ${address}:${port}: ${why}`, { cause });
    this.code = code;
    this.address = address;
    this.port = port;
  }
}

/** Sockets that listen for one purpose: one port number on every address. */
export interface Listener {
  readonly port: number;
  /** Stops to accept and frees the port; connections live on. */
  close(): void;
}

/**
 * Listens on one port number of every address; 0 takes a port that is free on all of them. Addresses of a family that
 * this machine does not have are left out, as long as one is left.
 * @throws ListenError
 */
export async function listen(
  addresses: readonly string[],
  port: number,
  accept: (socket: Socket) => void,
): Promise<Listener> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnce(addresses, port, accept);
    } catch (error) {
      const retry = port === 0 && error instanceof ListenError && error.code === 'taken' && attempt < FREE_PORT_TRIES;
      if (!retry) throw error;
    }
  }
}

async function listenOnce(
  addresses: readonly string[],
  port: number,
  accept: (socket: Socket) => void,
): Promise<Listener> {
  const servers: Server[] = [];
  let actual = port;
  try {
    for (const address of addresses) {
      const server = await bind(address, actual, accept, servers.length > 0);
      if (server === undefined) continue;
      servers.push(server);
      actual = portOf(server);
    }
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  const close = () => {
    for (const server of servers) server.close();
  };
  return { port: actual, close };
}

/** @returns undefined where the address family does not exist and may be left out */
function bind(
  address: string,
  port: number,
  accept: (socket: Socket) => void,
  optional: boolean,
): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (missing && optional) resolve(undefined);
      else reject(new ListenError(address, port, error));
    });
    server.listen({ host: address, port, ipv6Only: address === '::' }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
