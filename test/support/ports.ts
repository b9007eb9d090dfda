import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/** Whether somebody accepts connections on a loopback port. */
export function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/**
 * Tries to connect until every port refuses.
 *
 * @param within - milliseconds from now
 * @returns how long it took, milliseconds
 * @throws when a port still accepts by then
 */
export async function untilRefused(ports: readonly number[], within: number): Promise<number> {
  const start = performance.now();
  for (const port of ports) {
    while (await accepts(port)) {
      if (performance.now() - start > within)
        throw new Error(`port ${port} still accepts connections after ${within} ms`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  return performance.now() - start;
}

/** Somebody else's program on a port of this machine; 0 for any. */
export async function foreignServer(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.end());
  server.listen(port, '127.0.0.1');
  await Promise.race([once(server, 'listening'), once(server, 'error').then(([error]) => Promise.reject(error))]);
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : port };
}
