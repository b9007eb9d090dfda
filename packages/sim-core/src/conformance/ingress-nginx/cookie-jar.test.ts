import { expect, test } from 'vitest';
import { CookieJar } from './cookie-jar.ts';

function jarOf(...lines: string[]): CookieJar {
  const jar = new CookieJar();
  for (const line of lines) jar.keep(['Set-Cookie', line]);
  return jar;
}

test('cookies go back to the paths that they are for', () => {
  const jar = jarOf('a=1; Path=/app; HttpOnly', 'b=2=3', 'c=4; Path=/other');
  expect(jar.header('/app', 'http')).toBe('a=1; b=2=3');
  expect(jar.header('/app/x?y', 'http')).toBe('a=1; b=2=3');
  expect(jar.header('/apple', 'http')).toBe('b=2=3');
});

test('secure ones go back over TLS only', () => {
  const jar = jarOf('a=1; Secure');
  expect([jar.header('/', 'http'), jar.header('/', 'https')]).toEqual(['', 'a=1']);
});

test('a later one of the same name and path takes the place of the earlier, or takes it away', () => {
  expect(jarOf('a=1', 'a=2').header('/', 'http')).toBe('a=2');
  expect(jarOf('a=1', 'a=; Max-Age=0').header('/', 'http')).toBe('');
  expect(jarOf('a=1', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT').header('/', 'http')).toBe('');
  expect(jarOf('a=1; Max-Age=60').header('/', 'http')).toBe('a=1');
});

test('a copy has cookies of its own', () => {
  const jar = jarOf('a=1');
  const copy = CookieJar.from(jar);
  copy.keep(['set-cookie', 'b=2', 'x', 'c=3']);
  expect([jar.header('/', 'http'), copy.header('/', 'http')]).toEqual(['a=1', 'a=1; b=2']);
});
