import { expect, test } from 'vitest';
import { answer } from './testing/engine.ts';
import { run, runningEdge } from './testing/running-edge.ts';

test('absolute form: the authority decides, and the engine gets origin form', async () => {
  const { client, engine } = await runningEdge();
  const text = await client()
    .send(
      'GET http://User@Any.Host:81/path?q HTTP/1.1\r\nHost: other\r\nProxy-Connection: Keep-Alive\r\nProxy-Authorization: x\r\nA: b\r\n\r\n',
    )
    .matches(/}$/);
  expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({
    url: '/path?q',
    headers: ['Host', 'Any.Host:81', 'A', 'b'],
    scheme: 'http',
    target: { host: 'any.host', servicePort: 81 },
  });
  await client()
    .send('GET http://any.host?q HTTP/1.1\r\nHost: any.host\r\n\r\n')
    .matches(/"url":"\/\?q"/);
  expect(engine.targets[1]).toEqual({ host: 'any.host', servicePort: 80 });
});

test('absolute form with https goes to port 443 and TLS', async () => {
  const { client, engine } = await runningEdge();
  await client()
    .send('GET https://any.host/ HTTP/1.1\r\nHost: any.host\r\n\r\n')
    .matches(/"scheme":"https"/);
  expect(engine.targets).toEqual([{ host: 'any.host', servicePort: 443, tls: { sni: 'any.host' } }]);
});

test("one proxy connection serves many hosts; one that goes away does not cut another's answer", async () => {
  const { client, engine } = await runningEdge();
  let finish = () => {};
  engine.http = ({ headers }, response) => {
    if (headers[1] !== 'slow') return answer(response, 200, 'quick');
    finish = () => answer(response, 200, 'the end');
  };
  const raw = client().send('GET http://quick/ HTTP/1.1\r\n\r\n');
  await raw.matches(/quick/);
  raw.send('GET http://slow/ HTTP/1.1\r\n\r\n');
  await expect.poll(() => engine.connections.length).toBe(2);
  engine.connections[0]?.drop();
  finish();
  await raw.matches(/the end/);
});

test('CONNECT: a tunnel that ends inside, plain', async () => {
  const { client, engine } = await runningEdge();
  const raw = client().send('CONNECT Any.Host:8080 HTTP/1.1\r\nHost: Any.Host:8080\r\n\r\n');
  expect(await raw.matches(/\r\n\r\n/)).toBe('HTTP/1.1 200 Connection established\r\n\r\n');
  for (let i = 1; i <= 2; i++) await raw.send('GET /a HTTP/1.1\r\nHost: x\r\n\r\n').matches(/"url":"\/a"/, i);
  expect(engine.targets.at(-1)).toEqual({ host: 'any.host', servicePort: 8080 });
  expect(engine.open).toHaveLength(1);
  raw.socket.destroy();
  await expect.poll(() => engine.open).toEqual([]);
});

test('CONNECT with the first bytes in the same packet', async () => {
  const { client } = await runningEdge();
  const raw = client().send('CONNECT a:80 HTTP/1.1\r\n\r\nGET /early HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await raw.matches(/\/early/)).toContain('"servicePort":80');
});

test('CONNECT to what is not there is closed without a byte', async () => {
  const { client, engine, problems } = await runningEdge();
  engine.refusal = 'not-provisioned';
  expect(await client().send('CONNECT a:443 HTTP/1.1\r\n\r\n').end()).toEqual({ received: '', reset: false });
  expect(problems).toHaveLength(1);
});

test('wget and curl through http_proxy and https_proxy', async () => {
  const { edge } = await runningEdge();
  const proxy = `http://127.0.0.1:${edge.httpPort}`;
  const wget = await run('wget', ['-q', '-O-', 'http://lb.example/a'], { http_proxy: proxy });
  expect(JSON.parse(wget.stdout)).toMatchObject({ url: '/a', target: { host: 'lb.example', servicePort: 80 } });
  const curl = await run('curl', ['-s', '-x', proxy, 'http://lb.example:81/a']);
  expect(JSON.parse(curl.stdout)).toMatchObject({ url: '/a', target: { host: 'lb.example', servicePort: 81 } });
  const tunnel = await run('curl', ['-s', '--proxytunnel', '-x', proxy, 'http://lb.example/t']);
  expect(JSON.parse(tunnel.stdout)).toMatchObject({ url: '/t', target: { host: 'lb.example', servicePort: 80 } });
  const secure = await run('curl', ['-sk', 'https://lb.example/s'], { https_proxy: proxy });
  expect(JSON.parse(secure.stdout)).toMatchObject({ sni: 'lb.example', scheme: 'https', target: { servicePort: 443 } });
  const nested = await run('curl', [
    '-sk',
    '--proxy-insecure',
    '-x',
    `https://127.0.0.1:${edge.httpsPort}`,
    'https://lb.example/n',
  ]);
  expect(JSON.parse(nested.stdout)).toMatchObject({ url: '/n', sni: 'lb.example', scheme: 'https' });
});
