import { expect, test } from 'vitest';
import { headersOf, requestUrl } from './request-flags.ts';

test('headers and cookies', () => {
  expect(headersOf(['FOO: bar', 'X:a:b'], ['a=1', 'b=2'])).toEqual({ FOO: 'bar', X: 'a:b', cookie: 'a=1; b=2' });
  expect(() => headersOf(['foo'])).toThrow('--header takes NAME:VALUE, not "foo"');
  expect(() => headersOf([': x'])).toThrow('--header takes NAME:VALUE');
});

test('a URL is one of http or https', () => {
  expect(requestUrl('https://shop.example/a')).toBe('https://shop.example/a');
  for (const text of ['shop.example', 'ftp://shop.example/', '/a', ''])
    expect(() => requestUrl(text)).toThrow(`"${text}" is no URL`);
});
