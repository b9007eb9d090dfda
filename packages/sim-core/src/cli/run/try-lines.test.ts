import { describe, expect, it } from 'vitest';
import { type TryLinesParts, tryLines } from './try-lines.ts';

const HOSTNAME = 'k8s-a-b-0123456789.elb.us-east-1.localhost';
const EDGE = 'http://127.0.0.1:8080';

function lines(parts: Partial<TryLinesParts> = {}): string[] {
  return tryLines({
    balancer: {
      namespace: 'a',
      name: 'b',
      hostname: HOSTNAME,
      ports: [{ port: 80, url: 'http://127.0.0.1:4001' }],
      ingress: true,
    },
    first: { host: HOSTNAME, path: '/', redirected: false, routed: true },
    http: EDGE,
    platform: 'linux',
    shell: 'sh',
    has: () => true,
    ...parts,
  });
}

const plain: TryLinesParts['balancer'] = {
  namespace: 'default',
  name: 'web',
  hostname: HOSTNAME,
  ports: [{ port: 80, url: 'http://127.0.0.1:4001' }],
  ingress: false,
};

describe('lines for an ingress load balancer', () => {
  it('on Linux and macOS: curl, wget, and the loop of the lesson', () => {
    const expected = [
      `  curl http://${HOSTNAME}:8080/`,
      `  http_proxy=${EDGE} wget -q -O- http://${HOSTNAME}/`,
      `  http_proxy=${EDGE} /bin/sh -c "while sleep 0.05; do (wget -q -O- http://${HOSTNAME} &); done"`,
    ];
    expect(lines()).toEqual(expected);
    expect(lines({ platform: 'darwin' })).toEqual(expected);
  });

  it('on Windows: curl.exe, and a loop for PowerShell', () => {
    expect(lines({ platform: 'win32', shell: 'powershell' })).toEqual([
      `  curl.exe http://${HOSTNAME}:8080/`,
      `  while ($true) { curl.exe -s http://${HOSTNAME}:8080/; Start-Sleep -Milliseconds 50 }`,
    ]);
  });

  it('in fish a variable for one command is set by env', () => {
    expect(lines({ shell: 'fish' })[1]).toBe(`  env http_proxy=${EDGE} wget -q -O- http://${HOSTNAME}/`);
  });

  it('never export http_proxy', () => {
    for (const shell of ['sh', 'fish', 'powershell'] as const)
      expect(lines({ shell }).join('\n')).not.toMatch(/export|\bset\b/);
  });

  it('without wget, as on macOS, the loop is made with curl; without both there is an address', () => {
    expect(lines({ has: (command) => command === 'curl' })).toEqual([
      `  curl http://${HOSTNAME}:8080/`,
      `  /bin/sh -c 'while sleep 0.05; do (curl -s http://${HOSTNAME}:8080/ &); done'`,
    ]);
    expect(lines({ has: (command) => command === 'wget' })[0]).toBe(
      `  http_proxy=${EDGE} wget -q -O- http://${HOSTNAME}/`,
    );
    expect(lines({ has: () => false })).toEqual([`  http://${HOSTNAME}:8080/`]);
  });

  it('follow redirects to https, which wget could not', () => {
    const first = { host: HOSTNAME, path: '/', redirected: true, routed: true };
    expect(lines({ first })).toEqual([`  curl -kL http://${HOSTNAME}:8080/`]);
    expect(lines({ first, platform: 'win32', shell: 'powershell' })[1]).toContain(
      `curl.exe -skL http://${HOSTNAME}:8080/`,
    );
  });

  it('are one while nothing is routed: wget has no words for a 404', () => {
    const first = { host: HOSTNAME, path: '/', redirected: false, routed: false };
    expect(lines({ first })).toEqual([`  curl http://${HOSTNAME}:8080/`]);
  });

  it('carry the header that a canary waits for', () => {
    const first = { host: HOSTNAME, path: '/', redirected: false, routed: true, header: { name: 'FOO', value: 'bar' } };
    expect(lines({ first })[1]).toBe(`  curl -H "FOO: bar" http://${HOSTNAME}:8080/`);
  });

  it('go through the edge as a proxy where its address is not this machine itself', () => {
    const http = 'http://192.168.1.5:8080';
    expect(lines({ http })[0]).toBe(`  curl -x ${http} http://${HOSTNAME}/`);
  });
});

describe('lines for any other load balancer', () => {
  it('ask its own port, and its name where it listens on 80', () => {
    expect(lines({ balancer: plain })).toEqual(['  curl http://127.0.0.1:4001/', `  curl http://${HOSTNAME}:8080/`]);
    const ports = [{ port: 8081, url: 'http://127.0.0.1:4003' }];
    expect(lines({ balancer: { ...plain, ports } })).toEqual(['  curl http://127.0.0.1:4003/']);
    expect(lines({ balancer: { ...plain, ports: [] } })).toEqual([]);
  });

  it('use what the machine has', () => {
    expect(lines({ balancer: plain, has: (command) => command === 'wget' })[0]).toBe(
      '  wget -q -O- http://127.0.0.1:4001/',
    );
    expect(lines({ balancer: plain, has: () => false })[0]).toBe('  http://127.0.0.1:4001/');
    expect(lines({ balancer: plain, platform: 'win32', shell: 'powershell' })[0]).toBe(
      '  curl.exe http://127.0.0.1:4001/',
    );
  });
});
