import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { SpdyConnection } from './connection.ts';

test('a client that is gone while it is written to ends its own connection only', async () => {
  // As the stream of a WebSocket does it: what cannot be written is an 'error' of the stream.
  const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done(new Error('write EPIPE')) });
  let closed = false;
  const onClose = () => {
    closed = true;
  };
  new SpdyConnection(socket, Buffer.alloc(0), { onStream: () => true, onClose });
  socket.write('a frame');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(closed).toBe(true);
});
