import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJwt, signJwt, verifyJwt } from './jwt.ts';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);

test('claims come back from a token that the key has signed', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer())), (claims) => {
      expect(verifyJwt(signJwt(claims, key, 'id'), key)).toEqual(JSON.parse(JSON.stringify(claims)));
    }),
  );
});

test('a token with one character changed says nothing', () => {
  const token = signJwt({ sub: 'builder' }, key, 'id');
  for (let i = 0; i < token.length; i++) {
    const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
    expect(verifyJwt(changed, key)).toBeUndefined();
  }
  expect(verifyJwt(token, key.slice(1))).toBeUndefined();
});

test('any text is read without an exception', () => {
  fc.assert(fc.property(fc.string(), (text) => void [readJwt(text), readJwt(`a.${text}.b`), verifyJwt(text, key)]));
});

test('base64url is that of everyone else', () => {
  const [head = '', payload = ''] = signJwt({ a: 'ü?>' }, key, 'k').split('.');
  expect(Buffer.from(head, 'base64url').toString()).toBe('{"alg":"HS256","kid":"k"}');
  expect(Buffer.from(payload, 'base64url').toString()).toBe('{"a":"ü?>"}');
});
