import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spdyDictionary } from './dictionary.ts';
import { SpdyError } from './frames.ts';
import { EmptyHeaderBlockWriter, HeaderBlockReader } from './header-block.ts';

const dictionary = spdyDictionary();

/** What comes out of a compression context for what goes in. */
function through(context: Deflate | Inflate, bytes: Buffer): Promise<Buffer> {
  const out: Buffer[] = [];
  context.removeAllListeners('data').on('data', (chunk) => out.push(chunk));
  return new Promise((resolve) => context.write(bytes, () => resolve(Buffer.concat(out))));
}

function plainBlock(headers: Readonly<Record<string, string>>): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = Object.entries(headers);
  return Buffer.concat([number(entries.length), ...entries.flatMap(([name, value]) => [text(name), text(value)])]);
}

test('the dictionary is the one that the specification names by its checksum', () => {
  expect(dictionary).toHaveLength(1423);
  let [a, b] = [1, 0];
  for (const byte of dictionary) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  expect(b * 65_536 + a).toBe(0xe3c6a7c2);
});

test('blocks of one zlib stream are read one after the other', async () => {
  const deflate = createDeflate({ dictionary, level: 9, flush: constants.Z_SYNC_FLUSH });
  const reader = new HeaderBlockReader();
  for (let i = 0; i < 2000; i++) {
    const headers = {
      streamtype: i % 2 ? 'data' : 'error',
      port: '8080',
      requestid: String(i),
      filler: 'x'.repeat(i % 97),
    };
    const block = await through(deflate, plainBlock(headers));
    expect(Object.fromEntries(reader.read(block))).toEqual(headers);
  }
});

test('names are in lower case, and of several values the first counts', async () => {
  const deflate = createDeflate({ dictionary, flush: constants.Z_SYNC_FLUSH });
  const block = await through(deflate, plainBlock({ StreamType: 'stdin\0stdout' }));
  expect([...new HeaderBlockReader().read(block)]).toEqual([['streamtype', 'stdin']]);
});

test('what is written without headers is read by zlib', async () => {
  const inflate = createInflate({ dictionary, finishFlush: constants.Z_SYNC_FLUSH });
  const writer = new EmptyHeaderBlockWriter();
  for (let i = 0; i < 3; i++) expect(await through(inflate, writer.write())).toEqual(Buffer.alloc(4));
});

test('a block that swells beyond all bounds is refused', async () => {
  const deflate = createDeflate({ dictionary, level: 9, flush: constants.Z_SYNC_FLUSH });
  const block = await through(deflate, plainBlock({ bomb: 'x'.repeat(10_000_000) }));
  expect(block.length).toBeLessThan(65_536);
  expect(() => new HeaderBlockReader().read(block)).toThrow(SpdyError);
});

test('any bytes are headers or a SpdyError, cut and changed blocks too', async () => {
  const deflate = createDeflate({ dictionary, flush: constants.Z_SYNC_FLUSH });
  const good = await through(deflate, plainBlock({ streamtype: 'stdin', port: '80' }));
  const changed = fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, value]) => {
    const bytes = Buffer.from(good);
    bytes[at] = value;
    return bytes;
  });
  const cut = fc.nat(good.length).map((length) => good.subarray(0, length));
  const wild = fc.uint8Array().map((bytes) => Buffer.concat([good.subarray(0, 6), bytes]));
  fc.assert(
    fc.property(fc.oneof(changed, cut, wild), (bytes) => {
      try {
        new HeaderBlockReader().read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(SpdyError);
      }
    }),
  );
});
