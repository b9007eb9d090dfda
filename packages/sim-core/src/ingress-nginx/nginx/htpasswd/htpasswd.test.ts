import { describe, expect, test } from 'vitest';
import { fitsPassword } from './htpasswd.ts';

/** Made with `openssl passwd` and the C library's crypt. */
const HASHES: readonly [name: string, hash: string, password: string][] = [
  ['plain', '{PLAIN}bar', 'bar'],
  ['SHA-1', '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=', 'secret'],
  ['SHA-1 with salt', '{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0', 'secret'],
  ['apr1', '$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/', 'secret'],
  ['MD5', '$1$abcd$K14x66R2HagONvANAsCVe.', 'päss word'],
  ['SHA-256', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5', 'Hello world!'],
  [
    'SHA-512',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    'Hello world!',
  ],
  [
    'SHA-512 with rounds',
    '$6$rounds=1500$abc$yhFg30sRZh30ap6yWo3O8fZD1sSO6EjKNeNPnUkfPq8vMaF8zZROqMoDcALnuAxD5nf4mVaoBaGxcBhQOVNH41',
    'Hello',
  ],
  ['bcrypt', '$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a', 'secret'],
  ['bcrypt 2b', '$2b$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u', 'secret'],
];

describe('a password', () => {
  test.each(HASHES)('%s', (_name, hash, password) => {
    expect(fitsPassword(hash, password)).toBe(true);
    expect(fitsPassword(hash, `${password}x`)).toBe(false);
    expect(fitsPassword(hash, '')).toBe(false);
  });
});

test.each([
  '',
  'plaintext',
  '$apr1$',
  '$2y$05$short',
  '$2y$31$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a',
  '{SHA}',
  '{SSHA}!!!',
  'rl0uE6d3.DES.',
])('nothing fits %j', (hash) => {
  expect(fitsPassword(hash, 'secret')).toBe(false);
  expect(fitsPassword(hash, '')).toBe(false);
});
