import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nginxFiles } from '../../../../../test/support/nginx.ts';
import { available, commandPath } from '../../../../../test/support/tools.ts';
import { writeNginxFolder } from '../../host/nginx-folder.ts';
import { Random } from '../../sim/random.ts';
import { headerValue } from '../../workloads/workload.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import { echoOf } from '../testing/vectors.ts';
import type { NginxConfiguration } from './configuration.ts';
import { controllerPorts } from './print-conf/printing.ts';
import { printConf } from './print-conf.ts';

/*
 * The same configuration, executed by us and, printed, by a real nginx: hosts, paths, encodings, rewrites and redirects
 * must come out the same. Random Ingresses and odd requests; only sockets in a folder of its own.
 */

const hasNginx = available('nginx');
const PATHS = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/Foo',
  '/a b',
  '/ü',
  '/foo.bar',
  '/a',
  '/a/b/',
  '/x%20y',
  '/foo/(.*)',
  '/api(/|$)(.*)',
  '/v[0-9]+',
  '/(?<n>a)/x',
];
const TARGETS = ['', '', '', '/', '/$1', '/$2', '/x/$1', '/new', '/foo', 'https://e.test/$1', '$uri/y', '/$host/$1'];
const HOSTS = ['app.test', '*.app.test', undefined];
const ASKED_HOSTS = [
  'app.test',
  'APP.test',
  'x.app.test',
  'x.y.app.test',
  'other.test',
  'app.test:8080',
  'app.test.',
  'a_b.app.test',
  '-x.app.test',
];
const ASKED = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/foo/bar/',
  '/foobar',
  '/FOO',
  '/a%20b',
  '/%C3%BC',
  '/%c3%bc/x',
  '/foo%2Fbar',
  '/foo/../a',
  '/a/./b/',
  '/a/b',
  '/a/b/c',
  '//foo',
  '/foo//bar',
  '/foo?x=1',
  '/foo/?x=1&y=%20',
  '/v1',
  '/v12/x',
  '/api',
  '/api/',
  '/api/x/y?z=1',
  '/apix',
  '/%2e%2e/x',
  '/foo/%2e%2e/a',
  '/zzz',
  '/foo.bar',
  '/fooxbar',
  '/a/x',
  '/x%2520y',
  '/foo/a%3Fb',
  '/foo/a%23b',
  '/foo/%7Ba%7D',
  '/foo/a+b',
  "/foo/a'b",
  '/foo/a"b',
  '/foo/a\\b',
  '/foo/%41',
  '/foo/..',
  '/foo/.',
  '/foo/...',
  '/..',
  '/foo/%00',
  '/foo/%zz',
  '/foo/%',
  '/foo#x',
  '/foo?a#b',
  '/foo/a;b',
  '/foo/a:b@c!$&()*,=',
];

const chance = new Random('real-nginx').fork('cases');
const pick = <T>(values: readonly T[]): T => values[chance.integer(0, values.length - 1)] as T;

/** One to three random Ingresses. */
function randomIngresses(): unknown[] {
  return Array.from({ length: chance.integer(1, 3) }, (_, age) => {
    const target = pick(TARGETS);
    const host = pick(HOSTS);
    const count = chance.integer(1, 3);
    const paths = Array.from({ length: count }, () => [
      pick(PATHS),
      { service: pick(['a', 'b']), pathType: pick(['Prefix', 'Exact']) },
    ]);
    const annotations = {
      ...(target === '' ? {} : { 'rewrite-target': target }),
      ...(chance.integer(0, 3) === 0 ? { 'use-regex': 'true' } : {}),
      ...(chance.integer(0, 5) === 0 ? { 'app-root': '/foo' } : {}),
      ...(chance.integer(0, 7) === 0 ? { 'permanent-redirect': 'http://p.test/x?y=1' } : {}),
    };
    return ingressOf(`i${age}`, {
      paths: Object.fromEntries(paths),
      annotations,
      age,
      ...(host === undefined ? {} : { host }),
    });
  });
}

/** The printed configuration, listening on a socket in the folder, with pods that say who they are. */
function forFolder(conf: string, folder: string): string {
  const pods = `server { listen unix:${folder}/pod.sock; location / { return 200 "$http_x_up $request_uri"; } }`;
  return conf
    .replace(/listen 80/g, `listen unix:${folder}/80.sock`)
    .replace(/listen 127.0.0.1:8181/g, `listen unix:${folder}/404.sock`)
    .replace(/^\s*listen 443.*$/gm, '')
    .replace(/server 127\.0\.0\.1:\d+;.*/g, `server unix:${folder}/404.sock;`)
    .replace(/server \d+\.\d+\.\d+\.\d+:\d+;.*/g, `server unix:${folder}/pod.sock;`)
    .replace('worker_processes auto', 'daemon off;\nmaster_process off')
    .replaceAll('proxy_set_header Proxy', 'proxy_set_header X-Up $proxy_upstream_name;\nproxy_set_header Proxy')
    .replace('http {', `http {\nkeepalive_timeout 0;\n${pods}`);
}

/** Status, Location, and what the pod was asked, of an answer on the wire. */
function ask(socket: string, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = connect(socket, () =>
      connection.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 'latin1'),
    );
    let received = '';
    connection.setEncoding('latin1');
    connection.on('data', (data: string) => {
      received += data;
    });
    connection.on('error', reject);
    connection.on('end', () => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1]);
      const location = /^Location: (.*)\r$/m.exec(received)?.[1] ?? '';
      resolve([status, location, status === 200 ? received.split('\r\n\r\n')[1] : ''].join(' '));
    });
  });
}

async function askOurs(world: TestIngress, host: string, path: string): Promise<string> {
  const answer = await world.send({ host, path });
  const echo = echoOf(answer);
  const body = echo === undefined ? '' : `default-${echo.service}-80 ${echo.url}`;
  return [answer.status, headerValue(answer.headers, 'location') ?? '', answer.status === 200 ? body : ''].join(' ');
}

describe.skipIf(!hasNginx)('a real nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'real-nginx-'));
  let running: ChildProcess | undefined;

  afterAll(() => rmSync(folder, { recursive: true }));

  async function start(configuration: NginxConfiguration): Promise<void> {
    writeNginxFolder(folder, nginxFiles(configuration, controllerPorts(configuration.http)));
    writeFileSync(join(folder, 'nginx.conf'), forFolder(printConf(configuration), folder));
    running = spawn(commandPath('nginx') ?? '', ['-p', folder, '-c', 'nginx.conf', '-e', join(folder, 'error.log')]);
    for (let i = 0; i < 100; i++) {
      const up = await ask(join(folder, '80.sock'), 'nobody.test', '/healthz').catch(() => '');
      if (up !== '') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('nginx does not come up');
  }

  async function stop(): Promise<void> {
    const ended = new Promise((resolve) => running?.once('exit', resolve));
    running?.kill('SIGKILL');
    await ended;
    for (const name of ['80', 'pod', '404']) rmSync(join(folder, `${name}.sock`), { force: true });
  }

  test.each(Array.from({ length: 40 }, (_, i) => i))('answers as we do (%i)', async () => {
    const objects = randomIngresses();
    const world = new TestIngress();
    for (const name of ['a', 'b']) world.service(name);
    world.load(objects);
    try {
      await start(world.start().proxy.running.configuration);
      for (let i = 0; i < 60; i++) {
        const [host, path] = [pick(ASKED_HOSTS), pick(ASKED)];
        const [ours, real] = [await askOurs(world, host, path), await ask(join(folder, '80.sock'), host, path)];
        expect(ours, `${host} ${path}\n${JSON.stringify(objects)}`).toBe(real);
      }
    } finally {
      await stop();
    }
  });
});
