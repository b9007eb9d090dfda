import { describe, expect, test } from 'vitest';
import { parseHost } from './host.ts';

describe('parseHost', () => {
  test.each([
    ['app.test', 'app.test'],
    ['APP.Test', 'app.test'],
    ['app.test:8080', 'app.test'],
    ['app.test.', 'app.test'],
    ['app.test.:80', 'app.test'],
    ['127.0.0.1:80', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
    ['[::1]', '[::1]'],
    ['a_b', 'a_b'],
  ])('%s', (header, host) => {
    expect(parseHost(header)).toBe(host);
  });

  test.each(['', '.', ':80', 'a..b', 'a/b', 'a b', 'a\tb', 'a\u007f'])('400: %j', (header) => {
    expect(parseHost(header)).toBeUndefined();
  });
});
