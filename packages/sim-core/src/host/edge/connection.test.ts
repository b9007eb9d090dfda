import { expect, test } from 'vitest';
import { answer } from './testing/engine.ts';
import { runningEdge } from './testing/running-edge.ts';

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

test('without a load balancer the connection is closed without a byte, and the console told once', async () => {
  const { client, engine, problems } = await runningEdge();
  engine.refusal = 'not-provisioned';
  for (let i = 0; i < 3; i++) expect(await client().send(GET).end()).toEqual({ received: '', reset: false });
  expect(problems).toEqual([{ reason: 'not-provisioned', message: 'refused: not-provisioned' }]);
  engine.refusal = 'no-healthy-target';
  await client().send(GET).end();
  await client().send(GET).end();
  expect(problems).toHaveLength(2);
  engine.refusal = undefined;
  await client()
    .send(GET)
    .matches(/200 OK/);
  engine.refusal = 'no-healthy-target';
  await client().send(GET).end();
  expect(problems).toHaveLength(3);
});

test('when the target goes away, idle keep-alive connections end and new ones go elsewhere', async () => {
  const { client, engine } = await runningEdge();
  const raw = client().send(GET);
  await raw.matches(/}$/);
  engine.connections[0]?.drop();
  await raw.end();
  await client().send(GET).matches(/}$/);
  expect(engine.connections).toHaveLength(2);
});

test('an answer under way ends with its target', async () => {
  const { client, engine } = await runningEdge();
  engine.http = (_request, response) => {
    response.writeHead(200, ['Content-Length', '100']);
    response.write('half');
  };
  const raw = client().send(GET);
  await raw.matches(/half/);
  engine.connections[0]?.drop();
  expect((await raw.end()).received).toMatch(/half$/);
});

test('a client that asks for many hosts holds a bounded number of connections', async () => {
  const { client, engine } = await runningEdge();
  engine.http = (_request, response) => answer(response, 200, 'ok');
  const raw = client();
  for (let i = 0; i < 100; i++) raw.send(`GET / HTTP/1.1\r\nHost: host-${i}\r\n\r\n`);
  await raw.matches(/HTTP\/1\.1 200/, 100);
  expect(engine.open.length).toBe(32);
  raw.socket.destroy();
  await expect.poll(() => engine.open).toEqual([]);
});

test('an upgrade hands over the raw connection, both ways', async () => {
  const { client, engine } = await runningEdge();
  engine.upgrade = async (request, _response, takeOver) => {
    const { readable, writable } = takeOver();
    const writer = writable.getWriter();
    await writer.write(
      Buffer.from(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${request.headers[5]}\r\nConnection: Upgrade\r\n\r\n`),
    );
    for await (const chunk of readable as unknown as AsyncIterable<Uint8Array>) {
      await writer.write(Buffer.from(`echo ${Buffer.from(chunk).toString()};`));
    }
    await writer.close();
  };
  const raw = client().send('GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly');
  expect(await raw.matches(/echo early;/)).toContain('101 Switching Protocols\r\nUpgrade: websocket');
  await raw.send('one').matches(/echo one;/);
  await raw.send('two').matches(/echo two;/);
  raw.socket.end();
  expect((await raw.end()).received).toMatch(/echo two;$/);
});

test('an upgrade that is not taken is answered like any request, and the connection goes on', async () => {
  const { client } = await runningEdge();
  const raw = client().send('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
  expect(await raw.matches(/no upgrade$/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  await raw.send(GET).matches(/"url":"\/"/);
});

test('the body of a request that also asks for another protocol is its body', async () => {
  const { client } = await runningEdge();
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n';
  const head = `POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: ${smuggled.length}\r\n\r\n`;
  const raw = client().send(head + smuggled);
  const received = await raw.send(GET).matches(/"method":"GET"/);
  expect(received).not.toContain('/smuggled');
});

test('an upgraded connection ends with its target, and tells the program', async () => {
  const { client, engine } = await runningEdge();
  const seen = new Promise<string>((resolve) => {
    engine.upgrade = async (_request, _response, takeOver) => {
      const { readable, writable } = takeOver();
      await writable.getWriter().write(Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
      const reader = readable.getReader();
      reader.read().then(
        ({ done }) => resolve(`done ${done}`),
        (error: Error) => resolve(error.message),
      );
    };
  });
  const raw = client().send('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await raw.matches(/101/);
  engine.connections[0]?.drop();
  await raw.end();
  expect(await seen).toBe('the client closed the connection');
});
