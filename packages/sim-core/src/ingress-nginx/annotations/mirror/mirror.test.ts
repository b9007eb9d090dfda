import { describe, expect, test } from 'vitest';
import { headerValue } from '../../../workloads/workload.ts';
import { recorder, serve } from '../../testing/served.ts';

function mirrored(annotations: Record<string, string>, status = 200) {
  const copy = recorder(() => status);
  const served = serve(annotations, { prepare: (world) => world.externalHosts.add('copy.test:80', copy.workload) });
  return { ...served, asked: copy.asked };
}

const TARGET = { 'mirror-target': 'http://copy.test$request_uri' };

describe('mirror-target', () => {
  test('gets a copy, body and headers included; the client sees nothing of it', async () => {
    const { get, asked } = mirrored(TARGET, 500);
    const answer = await get('/a?b=c', { method: 'POST', body: 'hello', headers: ['X-Own', '1'] });
    expect(answer).toMatchObject({ status: 200, echo: { body: 'hello', url: '/a?b=c' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/a?b=c', body: 'hello' });
    expect(headerValue(asked[0]?.headers ?? [], 'host')).toBe('copy.test');
    expect(headerValue(asked[0]?.headers ?? [], 'x-own')).toBe('1');
    expect(answer.echo?.headers['content-length']).toBe('5');
  });

  test('without the body, with another host', async () => {
    const { get, asked } = mirrored({ ...TARGET, 'mirror-request-body': 'off', 'mirror-host': 'm.test' });
    expect((await get('/', { method: 'POST', body: 'hello' })).echo?.body).toBe('hello');
    expect(asked[0]?.body).toBe('');
    expect(headerValue(asked[0]?.headers ?? [], 'host')).toBe('m.test');
  });

  test('nobody there is nobody’s harm; what is refused before is not copied', async () => {
    expect((await serve({ 'mirror-target': 'http://nowhere.test/' }).get()).status).toBe(200);
    const { get, asked } = mirrored({ ...TARGET, 'denylist-source-range': '127.0.0.1' });
    expect((await get()).status).toBe(403);
    expect(asked).toEqual([]);
  });
});
