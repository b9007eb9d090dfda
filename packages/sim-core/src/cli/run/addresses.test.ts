import { describe, expect, it } from 'vitest';
import { CliError } from '../exit-codes.ts';
import { readBind, toLoadBalancer } from './addresses.ts';

describe('--bind', () => {
  it.each([
    [undefined, ['127.0.0.1', '::1'], '127.0.0.1', true],
    ['localhost', ['127.0.0.1', '::1'], '127.0.0.1', true],
    ['127.0.0.1', ['127.0.0.1', '::1'], '127.0.0.1', true],
    ['::1', ['127.0.0.1', '::1'], '127.0.0.1', true],
    ['127.0.0.5', ['127.0.0.5'], '127.0.0.5', true],
    ['0.0.0.0', ['0.0.0.0'], '127.0.0.1', false],
    ['::', ['0.0.0.0', '::'], '127.0.0.1', false],
    ['192.168.1.5', ['192.168.1.5'], '192.168.1.5', false],
    ['fe80::1', ['fe80::1'], '[fe80::1]', false],
  ])('%s', (text, addresses, host, isLoopback) => {
    expect(readBind(text)).toEqual({ addresses, host, isLoopback });
  });

  it.each(['', 'example.com', '1.2.3', '8080'])('refuses %j', (text) => {
    expect(() => readBind(text)).toThrow(CliError);
    expect(() => readBind(text)).toThrow(`--bind takes an IP address of this machine, not "${text}"`);
  });
});

describe("a URL of a load balancer's own port", () => {
  const balancers = [
    {
      hostname: 'k8s-x.localhost',
      ports: [
        { port: 80, url: 'http://127.0.0.1:4001' },
        { port: 443, url: 'https://127.0.0.1:4002' },
      ],
    },
  ];

  it.each([
    ['http://127.0.0.1:4001/a?b', 'http://k8s-x.localhost:80/a?b'],
    ['http://localhost:4001', 'http://k8s-x.localhost:80'],
    ['https://[::1]:4002/', 'https://k8s-x.localhost:443/'],
    ['http://127.0.0.1:40011/', 'http://127.0.0.1:40011/'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['http://shop.example:4001/', 'http://shop.example:4001/'],
  ])('%s means %s', (url, meant) => {
    expect(toLoadBalancer(url, balancers)).toBe(meant);
  });
});
