import { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { Http1Connection, type Http1Handler } from './connection.ts';
import { Deadlines } from './deadlines.ts';
import { HttpDate } from './http-date.ts';
import { HeaderLines } from './response-head.ts';

const MINUTE = 60_000;

/** A client that takes what it is sent only when it is told to. */
class SlowClient extends Duplex {
  #taken: (() => void) | undefined;

  constructor() {
    super({ writableHighWaterMark: 1 });
    onTestFinished(() => void this.destroy());
  }

  override _read(): void {}

  override _write(_chunk: unknown, _encoding: string, taken: () => void): void {
    this.#taken = taken;
  }

  async readOn(): Promise<void> {
    const drained = new Promise((resolve) => this.once('drain', resolve));
    this.#taken?.();
    await drained;
  }
}

async function answered(): Promise<{ client: SlowClient; deadlines: Deadlines }> {
  const client = new SlowClient();
  const deadlines = new Deadlines();
  const handler: Http1Handler = {
    serve: (_head, _body, response) => {
      response.writeHead(200, ['Content-Length', '5']);
      response.end('hello');
    },
    upgrade: () => {},
    connect: () => {},
    malformed: () => {},
    located: (_head, _status, headers) => headers,
    closed: () => {},
  };
  new Http1Connection(client, handler, { deadlines, date: new HttpDate(), headerLines: new HeaderLines() });
  client.push('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => client.writableNeedDrain).toBe(true);
  return { client, deadlines };
}

test('a client that does not read has a minute', async () => {
  const { client, deadlines } = await answered();
  deadlines.check(Date.now() + MINUTE - 1000);
  expect(client.destroyed).toBe(false);
  deadlines.check(Date.now() + MINUTE + 1000);
  expect(client.destroyed).toBe(true);
});

test('one that has read on has the time between two requests, and no more', async () => {
  const { client, deadlines } = await answered();
  await client.readOn();
  deadlines.check(Date.now() + MINUTE + 10_000);
  expect(client.destroyed).toBe(false);
  deadlines.check(Date.now() + MINUTE + 20_000);
  expect(client.destroyed).toBe(true);
});
