import { describe, expect, it } from 'vitest';
import type { AnnotationDoc } from '../../wire.ts';
import { runningControl } from './testing/running-control.ts';

describe("what the page's editor and terminal ask for", () => {
  it('runs kubectl: what it prints and its exit code, a JSON object a line', async () => {
    const { api } = await runningControl();
    const { text, headers } = await api('POST', '/kubectl', { argv: ['get', 'pods'] });
    expect(headers['content-type']).toContain('ndjson');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ out: 'get pods\n' }, { err: 'Warning: this is a test\n' }, { exit: 3 }]);
    expect((await api('POST', '/kubectl', { argv: 'get pods' })).status).toBe(400);
    expect((await api('GET', '/kubectl')).json()).toEqual({ commands: [{ name: 'get', flags: ['watch'] }] });
  });

  it('tells of annotations and schemas', async () => {
    const { api } = await runningControl();
    const annotations = (await api('GET', '/annotations')).json<AnnotationDoc[]>();
    expect(annotations.find(({ name }) => name === 'nginx.ingress.kubernetes.io/canary-weight')).toMatchObject({
      summary: expect.any(String),
      example: expect.any(String),
    });
    expect((await api('GET', '/schemas?groupVersion=apps/v1')).json()).toEqual({ groupVersion: 'apps/v1' });
    expect((await api('GET', '/schemas')).status).toBe(400);
  });
});
