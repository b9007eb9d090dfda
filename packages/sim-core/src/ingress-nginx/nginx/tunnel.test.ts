import { expect, test } from 'vitest';
import type { Duplex, Workload } from '../../workloads/workload.ts';
import { ClientResponse, edgeRequest } from '../testing/test-client.ts';
import { TestIngress } from '../testing/test-ingress.ts';

const UPGRADE = ['Connection', 'Upgrade', 'Upgrade', 'websocket', 'Sec-WebSocket-Key', 'x'];

/** A raw connection: what the program writes, and how to write to it. */
function connection() {
  const toClient = new TransformStream<Uint8Array, Uint8Array>();
  const fromClient = new TransformStream<Uint8Array, Uint8Array>();
  const duplex: Duplex = { readable: fromClient.readable, writable: toClient.writable };
  return { duplex, reader: toClient.readable.getReader(), writer: fromClient.writable.getWriter() };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const bytes = (words: string) => new TextEncoder().encode(words);

/** Answers 101 and says everything back in capitals. */
const shouter: Workload = {
  http: (_request, response) => {
    response.writeHead(426, []);
    response.end();
  },
  upgrade: (_request, _response, takeOver) => {
    const { readable, writable } = takeOver();
    const writer = writable.getWriter();
    void (async () => {
      await writer.write(bytes('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
      for await (const chunk of readable as unknown as AsyncIterable<Uint8Array>) {
        await writer.write(bytes(text(chunk).toUpperCase()));
      }
      await writer.close();
    })().catch(() => undefined);
  },
};

function world(workload: Workload) {
  const made = new TestIngress();
  made.service('ws', 0);
  const address = made.nextAddress();
  made.network.attach(address, { listener: () => workload });
  made.scale('ws', 1, address);
  const paths = [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'ws', port: { number: 80 } } } }];
  const spec = { ingressClassName: 'nginx', rules: [{ host: 'ws.test', http: { paths } }] };
  made.load([
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'ws', namespace: 'default' }, spec },
  ]);
  return { made, replica: made.start() };
}

const lastStatus = (made: TestIngress) => made.records.newest(1)[0]?.status;

test('bytes go both ways, and the request ends with the connection', async () => {
  const { made, replica } = world(shouter);
  const { duplex, reader, writer } = connection();
  replica
    .listener(80)
    ?.upgrade?.(edgeRequest({ host: 'ws.test', headers: UPGRADE }), new ClientResponse(), () => duplex);
  expect(text((await reader.read()).value)).toMatch(/^HTTP\/1\.1 101/);
  await writer.write(bytes('hello'));
  expect(text((await reader.read()).value)).toBe('HELLO');
  expect(lastStatus(made)).toBeUndefined();
  await writer.close();
  expect((await reader.read()).done).toBe(true);
  for (let tick = 0; tick < 20; tick++) await Promise.resolve();
  expect(made.records.newest(1)[0]).toMatchObject({ status: 101, upstreamStatus: 101, bytesSent: 41 });
});

test('a connection on which nothing goes for proxy-read-timeout is ended', async () => {
  const { made, replica } = world(shouter);
  const { duplex, reader, writer } = connection();
  replica
    .listener(80)
    ?.upgrade?.(edgeRequest({ host: 'ws.test', headers: UPGRADE }), new ClientResponse(), () => duplex);
  await reader.read();
  made.advance(50_000);
  await writer.write(bytes('still here'));
  await reader.read();
  made.advance(50_000);
  expect(lastStatus(made)).toBeUndefined();
  made.advance(10_000);
  await expect(reader.read()).rejects.toBeDefined();
  expect(lastStatus(made)).toBe(101);
});

test('a pod that speaks no other protocol answers as if it had not been asked', async () => {
  const { made, replica } = world({ http: shouter.http });
  const response = new ClientResponse();
  replica.listener(80)?.upgrade?.(edgeRequest({ host: 'ws.test', headers: UPGRADE }), response, () => {
    throw new Error('nobody takes over');
  });
  expect(response.status).toBe(426);
  expect(lastStatus(made)).toBe(426);
});

test('nginx answers by itself where no pod is asked', () => {
  const { replica } = world(shouter);
  const response = new ClientResponse();
  replica.listener(80)?.upgrade?.(edgeRequest({ host: 'other.test', headers: UPGRADE }), response, () => {
    throw new Error('nobody takes over');
  });
  expect(response.status).toBe(404);
});
