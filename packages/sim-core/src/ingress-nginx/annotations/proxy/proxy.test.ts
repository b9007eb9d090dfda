import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../workloads/workload.ts';
import { serve } from '../../testing/served.ts';
import { ClientResponse, edgeRequest } from '../../testing/test-client.ts';

/* proxy-*: how pods are asked, and what becomes of their answers. */

/** An Ingress in front of pods that answer as the test says. */
function answering(
  annotations: Record<string, string>,
  handle: (request: HttpRequest, response: HttpResponse) => void,
) {
  const served = serve(annotations, { endpoints: 0 });
  const { network, scale } = { network: served.world.network, scale: served.world.scale.bind(served.world) };
  for (const address of ['10.244.9.1', '10.244.9.2']) network.attach(address, { listener: () => ({ http: handle }) });
  scale('web', 2, '10.244.9.1', '10.244.9.2');
  return served;
}

const sends =
  (headers: string[], status = 200) =>
  (_request: HttpRequest, response: HttpResponse) => {
    response.writeHead(status, [...headers, 'Content-Length', '0']);
    response.end();
  };

describe('proxy-cookie-domain and proxy-cookie-path', () => {
  test.each([
    [{ 'proxy-cookie-domain': 'web.internal shop.test' }, 'a=b; Domain=web.internal', 'a=b; Domain=shop.test'],
    [{ 'proxy-cookie-domain': '.web.internal shop.test' }, 'a=b;domain=.WEB.internal', 'a=b; domain=.shop.test'],
    [{ 'proxy-cookie-domain': 'web.internal shop.test' }, 'a=b; Domain=x.web.internal', 'a=b; Domain=x.web.internal'],
    [{ 'proxy-cookie-path': '/app /' }, 'a = b;Path=/app;HttpOnly', 'a=b; Path=/; HttpOnly'],
    [{ 'proxy-cookie-path': '/app/ /' }, 'a=b; Path=/app/x', 'a=b; Path=/x'],
    [{ 'proxy-cookie-path': '/app /' }, 'a=b; Path=/ap', 'a=b; Path=/ap'],
    [{ 'proxy-cookie-path': '/app /', 'proxy-cookie-domain': 'off' }, 'a; Path=/app', 'a; Path=/app'],
    [{ 'proxy-cookie-domain': 'shop.test' }, 'a=b; Domain=shop.test', 'a=b; Domain=shop.test'],
  ])('%j: %s', async (annotations, cookie, expected) => {
    const { get } = answering(annotations as Record<string, string>, sends(['Set-Cookie', cookie]));
    expect((await get()).header('set-cookie')).toBe(expected);
  });

  test('with one word alone nginx does not load: what was served stays', async () => {
    const { get, world, replica } = serve({ 'proxy-cookie-path': '/app' });
    expect(replica.failure()).toBe('nginx: [emerg] invalid parameter "/app"');
    expect((await get()).status).toBe(404);
    expect(world.failures).toEqual([]);
  });
});

describe('proxy-redirect-from and proxy-redirect-to', () => {
  const both = { 'proxy-redirect-from': 'http://web.internal/', 'proxy-redirect-to': 'https://shop.test/' };

  test.each([
    [both, 'Location', 'http://web.internal/a?b', 'https://shop.test/a?b'],
    [both, 'Location', 'http://web.internal', 'http://web.internal'],
    [both, 'Refresh', '5; URL=http://web.internal/', '5; URL=https://shop.test/'],
    [both, 'X-Other', 'http://web.internal/', 'http://web.internal/'],
    [{ 'proxy-redirect-from': '/', 'proxy-redirect-to': '/app/' }, 'Location', '/a', 'http://app.test/app/a'],
    [{ 'proxy-redirect-from': '/' }, 'Location', '/a', '/a'],
    [{ 'proxy-redirect-from': 'default', 'proxy-redirect-to': '/app/' }, 'Location', '/a', '/a'],
  ])('%j: %s %s', async (annotations, name, value, expected) => {
    const { get } = answering(annotations as Record<string, string>, sends([name, value], 302));
    expect((await get()).header(name.toLowerCase())).toBe(expected);
  });
});

describe('proxy-buffer-size', () => {
  const long = (length: number) => sends(['X-Long', 'x'.repeat(length)]);

  test('a longer head is 502, as long as it is not raised', async () => {
    expect((await answering({}, long(4000)).get()).status).toBe(200);
    const { get, world } = answering({}, long(4096));
    expect((await get()).status).toBe(502);
    expect(world.records.newest(1)[0]).toMatchObject({ reason: 'head-too-large', tries: 1 });
    expect((await answering({ 'proxy-buffer-size': '8k' }, long(4096)).get()).status).toBe(200);
  });

  test('another pod is tried where proxy-next-upstream lists invalid_header', async () => {
    const { get, world } = answering({ 'proxy-next-upstream': 'invalid_header' }, long(5000));
    expect((await get()).status).toBe(502);
    expect(world.records.newest(1)[0]?.attempts?.map(({ failure }) => failure)).toEqual(
      Array.from({ length: 3 }, () => 'head-too-large'),
    );
  });

  test.each([
    [{ 'proxy-buffer-size': '4b' }, '"proxy_buffer_size" directive invalid value'],
    [{ 'proxy-buffers-number': '1' }, 'there must be at least 2 "proxy_buffers"'],
    [
      { 'proxy-buffers-number': '2' },
      '"proxy_busy_buffers_size" must be less than the size of all "proxy_buffers" minus one buffer',
    ],
    [
      { 'proxy-busy-buffers-size': '2k' },
      '"proxy_busy_buffers_size" must be equal to or greater than the maximum of the value of "proxy_buffer_size" and one of the "proxy_buffers"',
    ],
    [{ 'proxy-max-temp-file-size': '1k' }, '"proxy_max_temp_file_size" must be equal to zero'],
    [{ 'proxy-read-timeout': '-1' }, '"proxy_read_timeout" directive invalid value'],
    // All lines are read before sizes are held against each other.
    [{ 'proxy-buffers-number': '2', 'proxy-cookie-path': 'on' }, 'invalid parameter "on"'],
    [{ 'proxy-next-upstream-tries': '-1' }, '"proxy_next_upstream_tries" directive invalid number'],
  ])('%j: nginx does not load', (annotations, message) => {
    expect(serve(annotations as Record<string, string>).replica.failure()).toContain(`nginx: [emerg] ${message}`);
  });
});

/** A client that reads as slowly as the test says. */
class SlowClient extends ClientResponse {
  pieces = 0;
  #resume: (() => void) | undefined;

  override write(chunk: Uint8Array | string): boolean {
    super.write(chunk);
    this.pieces++;
    return false;
  }

  override drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  /** Has taken what it was sent. */
  takes(): void {
    this.#resume?.();
  }
}

describe('proxy-buffering', () => {
  const PIECE = 'x'.repeat(4096);
  const streams = (sent: boolean[], pieces: number) => (_request: HttpRequest, response: HttpResponse) => {
    response.writeHead(200, []);
    for (let i = 0; i < pieces; i++) sent.push(response.write(PIECE));
  };
  const ask = (annotations: Record<string, string>, pieces: number) => {
    const sent: boolean[] = [];
    const { replica } = answering(annotations, streams(sent, pieces));
    replica.listener(80)?.http?.(edgeRequest({ host: 'app.test' }), new SlowClient());
    return sent;
  };

  test('off: the pod waits for the client', () => {
    expect(ask({}, 3)).toEqual([false, false, false]);
  });

  test('on: the pod goes on until the buffers are full', () => {
    const none = { 'proxy-buffering': 'on', 'proxy-max-temp-file-size': '0' };
    expect(ask(none, 5)).toEqual([true, true, true, true, false]);
    expect(ask({ ...none, 'proxy-buffers-number': '8' }, 9).filter((more) => more)).toHaveLength(8);
    expect(ask({ 'proxy-buffering': 'on' }, 100).every((more) => more)).toBe(true);
  });

  test('a pod that waits for a slow client does not run into proxy-read-timeout', async () => {
    const { replica, world } = answering({ 'proxy-read-timeout': '2' }, async (_request, response) => {
      response.writeHead(200, []);
      if (!response.write(PIECE)) await response.drained();
      response.end('end');
    });
    const client = new SlowClient();
    replica.listener(80)?.http?.(edgeRequest({ host: 'app.test' }), client);
    world.advance(30_000);
    expect(client.closed).toBe(false);
    client.takes();
    for (let i = 0; i < 10; i++) await Promise.resolve();
    expect(client).toMatchObject({ status: 200, closed: true, body: `${PIECE}end` });
  });
});

/** A body of which the test sends one piece after the other. */
function uploading(annotations: Record<string, string>, headers: string[] = ['Transfer-Encoding', 'chunked']) {
  const seen: { headers: readonly string[]; body: string; httpVersion: string }[] = [];
  const served = answering(annotations, async ({ headers: got, body, httpVersion }, response) => {
    const entry = { headers: got, body: '', httpVersion };
    seen.push(entry);
    const reader = body?.getReader();
    for (;;) {
      const next = await reader?.read().catch(() => undefined);
      if (next === undefined || next.done) break;
      entry.body += new TextDecoder().decode(next.value);
    }
    response.writeHead(200, ['Content-Length', '0']);
    response.end();
  });
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sink = controller;
    },
  });
  const client = new ClientResponse();
  const request = { ...edgeRequest({ host: 'app.test', method: 'POST' }), body };
  const passed = async () => {
    for (let i = 0; i < 60; i++) await Promise.resolve();
  };
  served.replica.listener(80)?.http?.({ ...request, headers: [...request.headers, ...headers] }, client);
  const send = async (text: string) => {
    sink?.enqueue(new TextEncoder().encode(text));
    await passed();
  };
  const end = async () => {
    sink?.close();
    await passed();
  };
  const breakOff = async () => {
    sink?.error(new Error('gone'));
    await passed();
  };
  return { ...served, seen, client, send, end, breakOff };
}

describe('proxy-request-buffering', () => {
  test.each([
    ['chunked', ['Transfer-Encoding', 'chunked']],
    ['announced', ['Content-Length', '6']],
  ])('on, %s: no pod is asked before the body is there', async (_name, headers) => {
    const { seen, send, end, client } = uploading({}, headers);
    await send('abc');
    expect(seen).toEqual([]);
    await send('def');
    await end();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ body: 'abcdef' });
    expect(seen[0]?.headers.slice(seen[0].headers.indexOf('Content-Length'))[1]).toBe('6');
    expect(client.status).toBe(200);
  });

  test('off: the pod gets what comes as it comes', async () => {
    const { seen, send, end, client } = uploading({ 'proxy-request-buffering': 'off' });
    await send('abc');
    expect(seen[0]).toMatchObject({ body: 'abc' });
    expect(seen[0]?.headers).toContain('Transfer-Encoding');
    await send('def');
    await end();
    expect(seen[0]?.body).toBe('abcdef');
    expect(client.status).toBe(200);
  });

  test('off, too large: 413 as soon as it shows', async () => {
    const { send, client } = uploading({ 'proxy-request-buffering': 'off', 'proxy-body-size': '5' });
    await send('abc');
    expect(client.closed).toBe(false);
    await send('def');
    expect(client.status).toBe(413);
  });

  test('a body that streamed is not sent again', async () => {
    const lines = { 'proxy-next-upstream': 'http_500 non_idempotent' };
    const tries = async (buffering: string) => {
      const { get, world } = serve({ ...lines, 'proxy-request-buffering': buffering }, { behaviour: 'status:500' });
      await get('/', { method: 'POST', body: 'x' });
      return world.records.newest(1)[0]?.tries;
    };
    expect(await tries('on')).toBe(3);
    expect(await tries('off')).toBe(1);
  });

  test('who breaks off is 400, who sends nothing for a minute is left without an answer; no pod was asked', async () => {
    const broken = uploading({});
    await broken.send('abc');
    await broken.breakOff();
    expect(broken.client.status).toBe(400);
    expect(broken.seen).toEqual([]);
    const silent = uploading({});
    await silent.send('abc');
    silent.world.advance(59_000);
    expect(silent.client.closed).toBe(false);
    silent.world.advance(2000);
    expect(silent.client).toMatchObject({ closed: true, status: 0 });
    expect(silent.world.records.newest(1)[0]).toMatchObject({ status: 408, reason: 'request-timeout' });
    expect(silent.seen).toEqual([]);
  });

  test('a large body is read whole up to 16 MiB; what is longer streams', async () => {
    const { seen, send, end } = uploading({ 'proxy-body-size': '0' });
    const piece = 'x'.repeat(6 * 1024 ** 2);
    await send(piece);
    await send(piece);
    expect(seen).toEqual([]);
    await send(piece);
    expect(seen).toHaveLength(1);
    await send('end');
    await end();
    expect(seen[0]?.body.length).toBe(3 * piece.length + 3);
  });
});

describe('proxy-http-version', () => {
  test('is what the pod sees', async () => {
    expect((await serve({}).get()).echo?.httpVersion).toBe('1.1');
    expect((await serve({ 'proxy-http-version': '1.0' }).get()).echo?.httpVersion).toBe('1.0');
  });

  test('without a length 1.0 cannot stream: the body is read before', async () => {
    const { seen, send, end } = uploading({ 'proxy-http-version': '1.0', 'proxy-request-buffering': 'off' });
    await send('abc');
    expect(seen).toEqual([]);
    await end();
    expect(seen[0]).toMatchObject({ httpVersion: '1.0', body: 'abc' });
    expect(seen[0]?.headers).toContain('Content-Length');
  });
});
