import { expect, test } from 'vitest';
import { serve } from '../testing/served.ts';

/* nginx 1.27.1: large_client_header_buffers 4 8k. */

test.each([
  ['a request line of one buffer', 8192 - 'GET / HTTP/1.1\r\n'.length, [], 200],
  ['a longer one', 8193 - 'GET / HTTP/1.1\r\n'.length, [], 414],
  ['a header line of one buffer', 0, [8192 - 'X-0: \r\n'.length], 200],
  ['a longer one', 0, [8193 - 'X-0: \r\n'.length], 400],
  ['as many lines as there are buffers', 0, [8000, 8000, 8000, 8000], 200],
  ['one more', 0, [8000, 8000, 8000, 8000, 8000], 400],
])('%s', async (_what, path, lengths, status) => {
  const { get } = serve({});
  const headers = lengths.flatMap((length, i) => [`X-${i}`, 'x'.repeat(length)]);
  const answer = await get(`/${'x'.repeat(path)}`, { headers });
  expect(answer.status).toBe(status);
  if (status === 400) expect(answer.body).toContain('<center>Request Header Or Cookie Too Large</center>');
});

test('TRACE is not allowed', async () => {
  const { get } = serve({});
  expect(await get('/', { method: 'TRACE' })).toMatchObject({ status: 405 });
});
