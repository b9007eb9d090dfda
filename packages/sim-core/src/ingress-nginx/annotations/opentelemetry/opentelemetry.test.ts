import { describe, expect, test } from 'vitest';
import { serve } from '../../testing/served.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const sent = (flags = '01') => ({ headers: ['traceparent', `00-${TRACE}-00f067aa0ba902b7-${flags}`] });
const traceparent = async (annotations: Record<string, string>, request = {}) =>
  (await serve(annotations).get('/', request)).echo?.headers['traceparent'];

describe('enable-opentelemetry', () => {
  test('without it the client’s header passes as it came', async () => {
    expect(await traceparent({})).toBeUndefined();
    expect(await traceparent({}, sent())).toBe(`00-${TRACE}-00f067aa0ba902b7-01`);
  });

  test('begins a trace, or goes on with the client’s', async () => {
    expect(await traceparent({ 'enable-opentelemetry': 'true' })).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const next = await traceparent({ 'enable-opentelemetry': 'true' }, sent());
    expect(next).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(next).not.toContain('00f067aa0ba902b7');
    expect(await traceparent({ 'enable-opentelemetry': 'true' }, sent('00'))).toMatch(/-00$/);
    expect(await traceparent({ 'enable-opentelemetry': 'true' }, { headers: ['traceparent', 'x'] })).toMatch(/^00-/);
  });

  test('opentelemetry-trust-incoming-span false begins a new one, where it is switched on by annotation', async () => {
    const distrust = { 'opentelemetry-trust-incoming-span': 'false' };
    expect(await traceparent({ ...distrust, 'enable-opentelemetry': 'true' }, sent())).not.toContain(TRACE);
    const { get, world } = serve(distrust);
    world.configure({ 'enable-opentelemetry': 'true' });
    expect((await get('/', sent())).echo?.headers['traceparent']).toContain(TRACE);
    world.configure({ 'enable-opentelemetry': 'true', 'opentelemetry-trust-incoming-span': 'false' });
    expect((await get('/', sent())).echo?.headers['traceparent']).not.toContain(TRACE);
  });

  test('false takes a location out of what the ConfigMap switches on', async () => {
    const { get, world } = serve({ 'enable-opentelemetry': 'false' });
    world.configure({ 'enable-opentelemetry': 'true' });
    expect((await get()).echo?.headers['traceparent']).toBeUndefined();
  });
});
