import type { Duplex } from 'node:stream';

/** Hands on the first byte of a connection without taking it; a connection that ends before is closed. */
export function firstByte(socket: Duplex, then: (byte: number) => void): void {
  const look = () => {
    const chunk: Uint8Array | null = socket.read();
    if (chunk === null) return;
    socket.off('readable', look);
    socket.off('end', leave);
    socket.unshift(chunk);
    then(chunk[0] as number);
  };
  const leave = () => socket.destroy();
  socket.on('readable', look);
  socket.on('end', leave);
}
