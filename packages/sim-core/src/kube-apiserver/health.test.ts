import { expect, test } from 'vitest';
import { createApiClient } from './testing/api-client.ts';

test('health, and each check for those who ask', async () => {
  const { ask } = createApiClient();
  expect((await ask('GET', '/healthz')).text).toBe('ok');
  expect((await ask('GET', '/readyz?verbose')).text).toBe('[+]ping ok\n[+]log ok\n[+]etcd ok\nreadyz check passed\n');
});
