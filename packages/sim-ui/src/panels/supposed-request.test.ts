import { expect, test } from 'vitest';
import { questionOf } from './supposed-request.ts';

const AS_IT_WAS = {
  like: 7,
  method: 'GET',
  scheme: 'http',
  host: 'shop.test',
  path: '/cart?id=1',
  header: '',
  cookie: '',
};

test('a request as it was', () => {
  expect(questionOf(AS_IT_WAS)).toEqual({ like: 7, method: 'GET', url: 'http://shop.test/cart?id=1', headers: {} });
});

test.each([
  [{ header: 'canary: always' }, { canary: 'always' }],
  [{ cookie: ' canary=always ' }, { Cookie: 'canary=always' }],
  [{ header: 'cookie: a=1', cookie: 'b=2' }, { cookie: 'a=1; b=2' }],
])('%j is asked with %j', (change, headers) => {
  expect(questionOf({ ...AS_IT_WAS, ...change })).toMatchObject({ headers });
});

test('a path without its slash stays a path', () => {
  expect(questionOf({ ...AS_IT_WAS, path: 'cart' })).toMatchObject({ url: 'http://shop.test/cart' });
});

test('a line that is no header is named', () => {
  expect(questionOf({ ...AS_IT_WAS, header: 'canary always' })).toEqual({ wrong: 'canary always' });
});
