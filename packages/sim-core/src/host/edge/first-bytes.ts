import type { Duplex } from 'node:stream';

/** Hands on the first bytes of a connection without taking them; a connection that ends before is closed. */
export function firstBytes(socket: Duplex, then: (bytes: Uint8Array) => void): void {
  const look = () => {
    const chunk: Uint8Array | null = socket.read();
    if (chunk === null) return;
    socket.off('readable', look);
    socket.off('end', leave);
    socket.unshift(chunk);
    then(chunk);
  };
  const leave = () => socket.destroy();
  socket.on('readable', look);
  socket.on('end', leave);
}
