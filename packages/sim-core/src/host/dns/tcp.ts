import type { Socket } from 'node:net';
import type { AnswerDns } from './server.ts';

/** Milliseconds that a connection may say nothing (coredns core/dnsserver, as miekg/dns has it). */
const IDLE = 10_000;

/** Serves questions of one connection in their order, each behind its length in two bytes (RFC 1035, 4.2.2). */
export function acceptTcp(socket: Socket, answer: AnswerDns): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.setTimeout(IDLE, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  const serve = async () => {
    for await (const chunk of socket) {
      pending = Buffer.concat([pending, chunk as Buffer]);
      for (let packet = next(); packet !== undefined; packet = next()) await send(await answer(packet, 'tcp'));
    }
    socket.end();
  };
  const next = (): Buffer | undefined => {
    const length = pending.length < 2 ? undefined : pending.readUInt16BE(0);
    if (length === undefined || pending.length < length + 2) return undefined;
    const packet = pending.subarray(2, length + 2);
    pending = pending.subarray(length + 2);
    return packet;
  };
  const send = async (reply: Buffer | undefined) => {
    if (reply === undefined || !socket.writable) return;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(reply.length);
    // A client that reads nothing is asked for nothing more.
    if (!socket.write(Buffer.concat([length, reply]))) await drained(socket);
  };
  serve().catch(() => socket.destroy());
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', () => resolve());
  });
}
