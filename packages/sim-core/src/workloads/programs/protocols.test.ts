import { describe, expect, test } from 'vitest';
import type { Container } from '../../api/core-v1/pod.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { TestCluster } from '../../kubelet/testing/test-cluster.ts';
import { bodyOf, type ExchangeResult, exchangeGrpc } from '../../network/exchange.ts';
import type { ImageSetting } from '../image-settings.ts';
import { type HttpResponse, speaksTls, type Workload } from '../workload.ts';

/* What images speak beside plain HTTP: TLS, gRPC, FastCGI. */

function running(image: string, container: Partial<Container> = {}, images: ImageSetting[] = []) {
  const cluster = new TestCluster({ settings: { images } });
  const pod = cluster.pod('pod', { name: 'main', image, ports: [], ...container });
  const ip = pod.status?.podIP ?? '';
  const at = (port: number): Workload => {
    const dialled = cluster.network.dial(ip, port, '');
    if (typeof dialled === 'string') throw new Error(`port ${port}: ${dialled}`);
    return dialled.workload;
  };
  return { cluster, ip, at };
}

describe('TLS', () => {
  const speaking = (image: string, container: Partial<Container>, images: ImageSetting[] = []) => {
    const { at } = running(image, container, images);
    return (port: number) => speaksTls(at(port));
  };

  test.each<[string, Partial<Container>, number, boolean]>([
    ['a port that is called so', { ports: [{ containerPort: 7000, name: 'https' }] }, 7000, true],
    ['443', { ports: [{ containerPort: 443 }] }, 443, true],
    ['another', { ports: [{ containerPort: 8080, name: 'http' }] }, 8080, false],
    ['8443 of an image that declares none', {}, 8443, true],
    [
      'what the kubelet asks by HTTPS',
      { ports: [{ containerPort: 9000, name: 'main' }], livenessProbe: { httpGet: { port: 'main', scheme: 'HTTPS' } } },
      9000,
      true,
    ],
  ])('an image that nobody knows, on %s', (_name, container, port, expected) => {
    expect(speaking('example.com/app:1', container)(port)).toBe(expected);
  });

  test('what the Scenario says counts', () => {
    const ports = [{ containerPort: 443 }, { containerPort: 9000 }];
    const speaks = speaking('example.com/app:1', { ports }, [{ match: 'example.com/*', tls: [9000, 9001] }]);
    expect([443, 9000, 9001].map(speaks)).toEqual([false, true, true]);
  });

  test.each([
    ['registry.k8s.io/echoserver:1.10', 8443, 'The plain HTTP request was sent to HTTPS port'],
    ['example.com/app:1', 8443, 'Client sent an HTTP request to an HTTPS server.'],
  ])('%s says to plain HTTP what such servers say', (image, port, words) => {
    const { cluster, ip } = running(image);
    expect(cluster.ask(ip, port, '/').result).toMatchObject({ status: 400, body: expect.stringContaining(words) });
  });
});

test('a program shows the key pair of the first Secret that it mounts', () => {
  const { certPem, keyPem } = nodeCertificates.selfSigned({ commonName: 'app', dnsNames: ['app.test'] });
  const cluster = new TestCluster();
  cluster.secret('tls', { 'tls.crt': certPem, 'tls.key': keyPem });
  const container = { name: 'main', image: 'example.com/app:1', ports: [{ containerPort: 8443 }] };
  const volumeMounts = [{ name: 'tls', mountPath: '/etc/tls/' }];
  const pod = cluster.pod(
    'pod',
    { ...container, volumeMounts },
    { volumes: [{ name: 'tls', secret: { secretName: 'tls' } }] },
  );
  expect(cluster.network.dial(pod.status?.podIP ?? '', 8443, '')).toMatchObject({
    workload: { certificate: certPem, key: keyPem },
  });
});

/** Calls a method with one message. */
function call(cluster: TestCluster, workload: Workload, path: string, message: string, more: string[] = []) {
  const { headers, ...sent } = bodyOf(`\0\0\0\0${String.fromCharCode(message.length)}${message}`);
  const request = {
    method: 'POST',
    url: path,
    httpVersion: '2.0',
    headers: ['content-type', 'application/grpc', ...more, ...headers],
    remoteAddress: '10.0.0.1',
    ...sent,
  };
  const results: ExchangeResult[] = [];
  exchangeGrpc(workload, request, cluster.clock, 1000, (result) => results.push(result));
  return results[0];
}

describe('gRPC', () => {
  test.each<[string, string, number, string, string, string]>([
    ['moul/grpcbin', 'hello.HelloService/SayHello', 9000, '\n\x03Ann', 'hello Ann', '0'],
    ['moul/grpcbin', 'helloworld.Greeter/SayHello', 9000, '\n\x03Ann', 'Hello Ann', '0'],
    ['moul/grpcbin', 'grpcbin.GRPCBin/DummyUnary', 9000, 'abc', 'abc', '0'],
    ['moul/grpcbin', 'grpcbin.GRPCBin/HeadersUnary', 9000, '', 'content-type', '0'],
    ['moul/grpcbin', 'grpc.health.v1.Health/Check', 9000, '', '\b\x01', '0'],
    ['moul/grpcbin', 'any.Service/Method', 9000, 'abc', 'abc', '0'],
    ['stefanprodan/podinfo', 'grpc.health.v1.Health/Check', 9999, '', '\b\x01', '0'],
    ['registry.k8s.io/e2e-test-images/agnhost:2.40', 'grpc.health.v1.Health/Check', 5000, '', '\b\x01', '0'],
  ])('%s: %s', (image, path, port, message, said, status) => {
    const args = image.includes('agnhost') ? ['grpc-health-checking'] : ['--grpc-port=9999'];
    const { cluster, at } = running(image, { args });
    expect(call(cluster, at(port), `/${path}`, message)).toMatchObject({
      status: 200,
      body: expect.stringContaining(said),
      trailers: ['grpc-status', status],
    });
  });

  test('an image becomes a gRPC server by the Scenario', () => {
    const ports = [{ containerPort: 7777 }];
    const { cluster, at } = running('example.com/app:1', { ports }, [{ match: 'example.com/*', program: 'grpc' }]);
    expect(call(cluster, at(7777), '/a.B/C', 'abc')).toMatchObject({ body: expect.stringContaining('abc') });
  });

  test('nobody is served who left before the latency was over', () => {
    const { cluster, at } = running('moul/grpcbin', {}, [{ match: '*grpcbin', latency: 5000 }]);
    call(cluster, at(9000), '/a.B/Gone', 'abc');
    cluster.advance(10);
    const { headers: _none, ...patient } = bodyOf('\0\0\0\0\x03abc');
    const results: ExchangeResult[] = [];
    const headers = ['content-type', 'application/grpc'];
    const request = { method: 'POST', url: '/a.B/Stays', httpVersion: '2.0', headers, remoteAddress: '', ...patient };
    exchangeGrpc(at(9000), request, cluster.clock, 6000, (result) => results.push(result));
    cluster.advance(10);
    expect(results).toMatchObject([{ trailers: ['grpc-status', '0'] }]);
    expect(cluster.logs('pod').filter((line) => line.startsWith('/a.B/'))).toEqual(['/a.B/Stays 0']);
  });

  test('agnhost knows no other service', () => {
    const { cluster, at } = running('registry.k8s.io/e2e-test-images/agnhost:2.40', { args: ['grpc-health-checking'] });
    expect(call(cluster, at(5000), '/a.B/C', '')).toMatchObject({
      headers: expect.arrayContaining(['grpc-status', '12', 'grpc-message', 'unknown service a.B']),
    });
  });

  test.each([
    ['no POST', { method: 'GET' }, 405, '13'],
    ['no content of gRPC', { headers: ['content-type', 'application/json'] }, 415, '3'],
  ])('%s: %j', (_name, change, status, code) => {
    const { cluster, at } = running('moul/grpcbin');
    const request = { method: 'POST', url: '/a.B/C', httpVersion: '2.0', headers: [], remoteAddress: '', ...change };
    const results: ExchangeResult[] = [];
    exchangeGrpc(at(9000), request, cluster.clock, 1000, (result) => results.push(result));
    expect(results).toMatchObject([{ status, headers: expect.arrayContaining(['grpc-status', code]) }]);
  });

  test.each([
    ['compressed', [1, 0, 0, 0, 0], 'compressed flag set'],
    ['too long', [0, 255, 255, 255, 255], 'larger than max'],
  ])('a message that is %s ends the call', async (_name, bytes, words) => {
    const { at } = running('moul/grpcbin');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Uint8Array.from(bytes));
        controller.close();
      },
    });
    const head = await new Promise<readonly string[]>((resolve) => {
      const response = { writeHead: (_status: number, headers: readonly string[]) => resolve(headers) };
      at(9000).grpc?.(
        {
          method: 'POST',
          url: '/a.B/C',
          httpVersion: '2.0',
          headers: ['content-type', 'application/grpc'],
          remoteAddress: '',
          body,
        },
        { ...SINK, ...response },
      );
    });
    expect(head.join(' ')).toContain(words);
  });

  const SINK: HttpResponse = {
    closed: false,
    writeHead: () => {},
    write: () => true,
    drained: () => Promise.resolve(),
    end: () => {},
    destroy: () => {},
    onClose: () => {},
  };
});

describe('php-fpm', () => {
  const answer = (params: readonly string[], image = 'php:8.3-fpm-alpine') => {
    const { at } = running(image);
    const said: { status: number; body: unknown }[] = [];
    const request = { method: 'GET', url: '/', httpVersion: '1.1', headers: [], remoteAddress: '', params };
    at(9000).fastcgi?.(request, {
      closed: false,
      writeHead: (status) => said.push({ status, body: '' }),
      write: () => true,
      drained: () => Promise.resolve(),
      end: (body = '') => Object.assign(said[0] ?? {}, { body }),
      destroy: () => {},
      onClose: () => {},
    });
    return said[0];
  };

  test.each([
    ['no script', [], 200, ''],
    ['another file', ['SCRIPT_FILENAME', '/app/a.txt'], 403, 'Access denied.\n'],
    ['a script', ['SCRIPT_FILENAME', '/app/a.php', 'A', 'b'], 200, 'SCRIPT_FILENAME=/app/a.php\nA=b\n'],
  ])('%s', (_name, params, status, body) => {
    expect(answer(params)).toEqual({ status, body });
  });

  test('is what tags with fpm mean, and no other', () => {
    expect(answer(['SCRIPT_FILENAME', '/i.php'], 'wordpress:6-fpm')?.status).toBe(200);
    expect(running('php:8.3-apache', { ports: [{ containerPort: 80 }] }).at(80).fastcgi).toBeUndefined();
  });
});
