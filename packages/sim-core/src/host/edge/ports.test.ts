import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startEdge } from './edge.ts';
import type { EdgeLoadBalancer } from './engine.ts';
import { ListenError } from './listen.ts';
import { answer, TestEngine } from './testing/engine.ts';
import { run, runningEdge } from './testing/running-edge.ts';

const WEB: EdgeLoadBalancer = {
  namespace: 'default',
  name: 'web',
  hostname: 'web.elb.localhost',
  ports: [
    { port: 80, scheme: 'http' },
    { port: 443, scheme: 'https' },
  ],
};
const OTHER: EdgeLoadBalancer = {
  ...WEB,
  name: 'other',
  hostname: 'other.elb.localhost',
  ports: [{ port: 8080, scheme: 'http' }],
};
const GET = 'GET / HTTP/1.1\r\nHost: anything\r\n\r\n';

async function taken(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

test('a taken port is an error that names it, and leaves nothing open', async () => {
  const port = await taken();
  const engine = new TestEngine();
  const { httpPort } = await runningEdge().then(({ edge }) => edge);
  const start = startEdge({ engine, httpPort: port, httpsPort: 0 });
  await expect(start).rejects.toThrow(ListenError);
  await expect(start).rejects.toMatchObject({ code: 'taken', port, address: '127.0.0.1' });
  await expect(startEdge({ engine, httpPort: 0, httpsPort: httpPort })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${httpPort}: the port is taken`,
  );
});

test('other addresses move the edge ports', async () => {
  const { client, edge } = await runningEdge({ addresses: ['127.0.0.2'] });
  await client(edge.httpPort, '127.0.0.2')
    .send(GET)
    .matches(/200 OK/);
  await expect(
    client(edge.httpPort, '127.0.0.1')
      .send(GET)
      .matches(/200 OK/),
  ).rejects.toThrow();
});

test('every load balancer port has a port of its own that stays while the load balancer lives', async () => {
  const { announced, client, edge, engine } = await runningEdge();
  engine.setLoadBalancers([WEB]);
  await edge.ready();
  expect(announced).toEqual([{ namespace: 'default', name: 'web', hostname: WEB.hostname, ports: expect.anything() }]);
  const [http, https] = announced[0]?.ports ?? [];
  expect(http).toEqual({ port: 80, localPort: expect.any(Number), url: `http://127.0.0.1:${http?.localPort}` });
  expect(https?.url).toBe(`https://127.0.0.1:${https?.localPort}`);
  await client(http?.localPort)
    .send(GET)
    .matches(/"host":"web.elb.localhost","servicePort":80/);
  const curl = await run('curl', ['-sk', `${https?.url}/`]);
  expect(JSON.parse(curl.stdout).target).toEqual({ host: WEB.hostname, servicePort: 443, tls: { sni: '' } });
  engine.setLoadBalancers([OTHER, WEB]);
  await edge.ready();
  expect(edge.loadBalancers().map(({ name }) => name)).toEqual(['other', 'web']);
  expect(edge.loadBalancers()[1]).toEqual(announced[0]);
  expect(announced.map(({ name }) => name)).toEqual(['web', 'other']);
  engine.setLoadBalancers([OTHER]);
  await edge.ready();
  await expect(
    client(http?.localPort)
      .send(GET)
      .matches(/200 OK/),
  ).rejects.toThrow();
});

test('load balancers that come and go quickly leave the ports of the last state', async () => {
  const { edge, engine } = await runningEdge();
  for (let i = 0; i < 20; i++) engine.setLoadBalancers(i % 2 === 0 ? [WEB, OTHER] : []);
  engine.setLoadBalancers([WEB]);
  await edge.ready();
  expect(edge.loadBalancers().map(({ name }) => name)).toEqual(['web']);
});

const REDIRECT = { status: 308, location: 'https://shop.localhost/a?b' };

async function redirected(
  port: number,
  host: string,
  options: { location?: string; args?: string[] } = {},
  edgeOptions = {},
) {
  const running = await runningEdge(edgeOptions);
  running.engine.http = (_request, response) =>
    answer(response, REDIRECT.status, '', ['Location', options.location ?? REDIRECT.location]);
  running.engine.setLoadBalancers([WEB]);
  await running.edge.ready();
  const own = running.edge.loadBalancers()[0]?.ports ?? [];
  const ports = [running.edge.httpPort, running.edge.httpsPort, own[0]?.localPort as number];
  const target = options.args?.at(-1) ?? '/';
  const text = await running
    .client(ports[port])
    .send(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    .matches(/\r\n\r\n/);
  return {
    location: /Location: (.*)\r\n/.exec(text)?.[1],
    httpsPort: running.edge.httpsPort,
    ownHttps: own[1]?.localPort,
  };
}

test('a redirect to https of the same host gets our https port', async () => {
  const { location, httpsPort } = await redirected(0, 'Shop.localhost:8080');
  expect(location).toBe(`https://shop.localhost:${httpsPort}/a?b`);
});

test("on a load balancer's own port it gets that load balancer's https port", async () => {
  const { location, ownHttps } = await redirected(2, 'shop.localhost');
  expect(location).toBe(`https://shop.localhost:${ownHttps}/a?b`);
});

test("redirects to other hosts or ports, of proxies' clients, and where it is switched off, stay as they are", async () => {
  expect((await redirected(0, 'other.localhost')).location).toBe(REDIRECT.location);
  expect((await redirected(0, 'shop.localhost', { location: 'https://shop.localhost:9/' })).location).toBe(
    'https://shop.localhost:9/',
  );
  expect((await redirected(0, 'shop.localhost', { location: '/relative' })).location).toBe('/relative');
  expect((await redirected(0, 'shop.localhost', { args: ['http://shop.localhost/'] })).location).toBe(
    REDIRECT.location,
  );
  expect((await redirected(0, 'shop.localhost', {}, { rewriteRedirects: false })).location).toBe(REDIRECT.location);
});

test('curl -kL arrives', async () => {
  const { edge, engine } = await runningEdge();
  engine.http = (_request, response, { target }) => {
    if (target.tls !== undefined) answer(response, 200, 'arrived');
    else answer(response, 308, '', ['Location', 'https://shop.localhost/']);
  };
  expect((await run('curl', ['-skL', `http://shop.localhost:${edge.httpPort}/`])).stdout).toBe('arrived');
});

test('closing lets answers under way finish, ends the rest and frees the ports', async () => {
  const { client, edge, engine } = await runningEdge();
  engine.setLoadBalancers([WEB]);
  await edge.ready();
  let finish = () => {};
  engine.http = ({ url }, response) => {
    if (url === '/slow') finish = () => answer(response, 200, 'at last');
    else answer(response, 200, 'quick');
  };
  const idle = client().send(GET);
  await idle.matches(/quick/);
  const silent = client();
  const slow = client().send('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => engine.connections.length).toBe(2);
  const closed = edge.close();
  await idle.end();
  expect(edge.close()).toBe(closed);
  finish();
  await closed;
  expect((await slow.end()).received).toMatch(/at last$/);
  await silent.end();
  const again = await startEdge({ engine, httpPort: edge.httpPort, httpsPort: edge.httpsPort });
  await again.close();
});

test('closing does not wait for tunnels and upgraded connections', async () => {
  const { client, edge, engine } = await runningEdge();
  engine.upgrade = async (_request, _response, takeOver) => {
    await takeOver().writable.getWriter().write(Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  };
  const upgraded = client().send('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await upgraded.matches(/101/);
  const tunnel = client().send('CONNECT a:80 HTTP/1.1\r\n\r\n');
  await tunnel.matches(/200/);
  await edge.close();
  await Promise.all([upgraded.end(), tunnel.end()]);
});
