import { expect, test } from 'vitest';
import { DemoCluster } from '../testing/demo-cluster.ts';
import { HOST, loadBalancer, splitRow } from '../testing/objects.ts';
import { curlLine, defaultUrl, parseHeaders, RATES, stopFor } from './load-words.ts';

test('headers are one a line, and what is none is named', () => {
  expect(parseHeaders('FOO: bar\n\n X-Time : 10:30 ')).toEqual({ headers: { FOO: 'bar', 'X-Time': '10:30' } });
  expect(parseHeaders('')).toEqual({ headers: {} });
  expect(parseHeaders('FOO: bar\nFOO bar')).toEqual({ wrong: 'FOO bar' });
  expect(parseHeaders('a b: c')).toEqual({ wrong: 'a b: c' });
});

test('requests go where they go already, else to the measured host, else to the ingress', () => {
  const cluster = new DemoCluster();
  cluster.startLoad('http://elsewhere.test/', 5);
  expect(defaultUrl(cluster.loads(), [splitRow()], [])).toBe('http://elsewhere.test/');
  expect(defaultUrl([], [splitRow({ host: '*.shop.test', path: '/cart' })], [])).toBe('http://www.shop.test/cart');
  expect(defaultUrl([], [], [loadBalancer()])).toBe(`http://${HOST}/`);
  expect(defaultUrl([], [splitRow({ host: '' })], [loadBalancer()])).toBe(`http://${HOST}/`);
  expect(defaultUrl([], [], [])).toBe('');
});

test('the line for the own terminal goes to the edge, by its port or as a proxy', () => {
  const edge = 'http://127.0.0.1:8080';
  expect(curlLine(`http://${HOST}/`, {}, edge)).toBe(`curl http://${HOST}:8080/`);
  expect(curlLine('http://shop.test/cart', { FOO: 'bar' }, edge)).toBe(
    "curl -x 127.0.0.1:8080 -H 'FOO: bar' http://shop.test/cart",
  );
  expect(curlLine('', {}, edge)).toBe('');
});

test('a rate finds its stop on the slider', () => {
  expect(RATES[stopFor(20)]).toBe(20);
  expect(RATES[stopFor(700)]).toBe(500);
  expect(RATES[stopFor(0)]).toBe(1);
  expect(RATES[stopFor(99_999)]).toBe(2000);
});
