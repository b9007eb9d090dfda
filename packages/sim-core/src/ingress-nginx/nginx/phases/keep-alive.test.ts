import { expect, test } from 'vitest';
import { serve } from '../../testing/served.ts';

/* ConfigMap keep-alive (75 s) and keep-alive-requests (1000). */

test('the connection ends with its thousandth request', async () => {
  const { get } = serve({});
  expect((await get('/', { ordinal: 999 })).header('connection')).toBeUndefined();
  expect((await get('/', { ordinal: 1000 })).header('connection')).toBe('close');
});

test('keep-alive 0 keeps no connection', async () => {
  const { get } = serve({}, { prepare: (world) => world.configure({ 'keep-alive': '0' }) });
  expect((await get()).header('connection')).toBe('close');
});
