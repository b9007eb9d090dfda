import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlFrame, dataFrames, FRAME, type Frame, FrameReader, numbersFrame, SpdyError } from './frames.ts';

/** Reads bytes that come in pieces of these sizes; parts of one data frame are put together again. */
function readInPieces(bytes: Buffer, sizes: readonly number[]): Frame[] {
  const reader = new FrameReader();
  const frames: Frame[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    frames.push(...reader.read(bytes.subarray(at, at + size)));
    at += size;
  }
  return frames;
}

function joined(frames: readonly Frame[]): Frame[] {
  const all: Frame[] = [];
  for (const frame of frames) {
    const last = all.at(-1);
    const goesOn = frame.kind === 'data' && last?.kind === 'data' && !last.fin && last.streamId === frame.streamId;
    if (goesOn) all.splice(-1, 1, { ...frame, data: Buffer.concat([last.data, frame.data]) });
    else all.push(frame);
  }
  return all;
}

const control = fc
  .record({ type: fc.integer({ min: 1, max: 9 }), flags: fc.nat(255), payload: fc.uint8Array({ maxLength: 200 }) })
  .map(({ type, flags, payload }) => ({ bytes: controlFrame(type, Buffer.from(payload), flags) }));
const data = fc
  .record({
    id: fc.integer({ min: 1, max: 0x7fff_ffff }),
    payload: fc.uint8Array({ maxLength: 300 }),
    fin: fc.boolean(),
  })
  .map(({ id, payload, fin }) => ({ bytes: Buffer.concat(dataFrames(id, payload, fin)) }));
const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 });

test('frames are the same in whatever pieces they come', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(control, data), { minLength: 1, maxLength: 12 }), sizes, (frames, pieces) => {
      const bytes = Buffer.concat(frames.map((frame) => frame.bytes));
      expect(joined(readInPieces(bytes, pieces))).toEqual(joined(readInPieces(bytes, [bytes.length])));
    }),
  );
});

test('any bytes are frames or a SpdyError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), sizes, (bytes, pieces) => {
      try {
        readInPieces(Buffer.from(bytes), pieces);
      } catch (error) {
        expect(error).toBeInstanceOf(SpdyError);
      }
    }),
  );
});

test('long data is cut into frames of which the last ends the stream', () => {
  const frames = readInPieces(Buffer.concat(dataFrames(5, Buffer.alloc(150_000, 'x'), true)), [1_000_000]);
  expect(frames.map((frame) => frame.kind === 'data' && [frame.streamId, frame.data.length, frame.fin])).toEqual([
    [5, 65_536, false],
    [5, 65_536, false],
    [5, 18_928, true],
  ]);
});

test('an empty frame ends a stream too', () => {
  expect(readInPieces(Buffer.concat(dataFrames(1, new Uint8Array(0), true)), [3])).toEqual([
    { kind: 'data', streamId: 1, data: Buffer.alloc(0), fin: true },
  ]);
});

test('a control frame of another version, or one that is too long, is refused', () => {
  const other = numbersFrame(FRAME.ping, 1);
  other.writeUInt16BE(0x8002, 0);
  expect(() => readInPieces(other, [99])).toThrow('version 2 is not spoken');
  expect(() => readInPieces(Buffer.from([0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff]), [99])).toThrow('too long');
});
