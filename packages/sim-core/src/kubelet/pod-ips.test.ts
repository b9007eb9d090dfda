import { expect, test } from 'vitest';
import { PodIps } from './pod-ips.ts';

test('a node hands out its range in turn; what was given back comes last', () => {
  const ips = new PodIps();
  expect([1, 2, 3].map(() => ips.allocate('a', '10.244.0.0/29'))).toEqual(['10.244.0.2', '10.244.0.3', '10.244.0.4']);
  ips.release('10.244.0.2');
  ips.release('10.244.0.3');
  expect([1, 2, 3].map(() => ips.allocate('a', '10.244.0.0/29'))).toEqual(['10.244.0.5', '10.244.0.6', '10.244.0.2']);
});

test('a full or missing range overflows, each address once', () => {
  const ips = new PodIps();
  const taken = new Set(
    Array.from({ length: 10_000 }, (_, i) => ips.allocate(`node-${i % 3}`, `10.244.${i % 3}.0/24`)),
  );
  expect(taken.size).toBe(10_000);
  expect(ips.allocate('b', undefined)).toMatch(/^10\.245\./);
  for (const ip of taken) ips.release(ip);
  expect(ips.allocate('node-0', '10.244.0.0/24')).toMatch(/^10\.244\.0\./);
});

test('knows the node of an address; giving it back twice gives nothing away', () => {
  const ips = new PodIps();
  const ip = ips.allocate('a', '10.244.0.0/24');
  expect(ips.nodeOf(ip)).toBe('a');
  ips.release(ip);
  ips.release(ip);
  expect(ips.nodeOf(ip)).toBeUndefined();
});

test('nodes that were given the same range share it without handing out an address twice', () => {
  const ips = new PodIps();
  const taken = Array.from({ length: 600 }, (_, i) => ips.allocate(`node-${i % 2}`, '10.244.0.0/24'));
  expect(new Set(taken).size).toBe(600);
});
