import { describe, expect, test } from 'vitest';
import { serve } from '../../testing/served.ts';

describe('enable-rewrite-log', () => {
  const rewritten = { 'rewrite-target': '/new/$1' };
  const paths = { '/old/(.*)': 'web' };

  test('what a rewrite was tried on and what came of it, as nginx says it', async () => {
    const { get, replica } = serve({ ...rewritten, 'enable-rewrite-log': 'true' }, { paths });
    await get('/old/a?b=c');
    const rest = ', client: 127.0.0.1, server: app.test, request: "GET /old/a?b=c HTTP/1.1", host: "app.test"';
    expect(replica.logged().slice(0, 2)).toEqual([
      `2026/01/01 00:00:00 [notice] 24#24: *1 "(?i)/old/(.*)" matches "/old/a"${rest}`,
      `2026/01/01 00:00:00 [notice] 24#24: *1 rewritten data: "/new/a", args: "b=c"${rest}`,
    ]);
    await get('/old');
    expect(replica.logged().some((line) => line.includes('does not match "/old"'))).toBe(false);
  });

  test('nothing of it without', async () => {
    const { get, replica } = serve(rewritten, { paths });
    await get('/old/a');
    expect(replica.logged().filter((line) => line.includes('[notice]'))).toEqual([]);
  });
});

describe('enable-access-log', () => {
  test('false leaves the location’s requests out', async () => {
    const lines = async (value: string) => {
      const { get, replica } = serve({ 'enable-access-log': value });
      await get('/asked');
      return replica.logged().filter((line) => line.includes('/asked')).length;
    };
    expect(await lines('true')).toBe(1);
    expect(await lines('false')).toBe(0);
  });
});
