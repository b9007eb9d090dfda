import { describe, expect, it } from 'vitest';
import { pods } from '../api/core-v1/pod.ts';
import { PROTOBUF_FIELDS } from '../api/protobuf-fields/index.ts';
import { createProtobufDecoder, PROTOBUF_MEDIA_TYPE } from '../apimachinery/protobuf/decode-protobuf.ts';
import { delimited, encodeBody, integer, utf8 } from '../apimachinery/protobuf/testing/encode-protobuf.ts';
import { decodeBody } from './decode-body.ts';
import { createTestServer } from './test-server.ts';

const { codec } = createTestServer();
const decodeProtobuf = createProtobufDecoder(codec.schema, PROTOBUF_FIELDS);
const readers = {
  [PROTOBUF_MEDIA_TYPE]: (body: Uint8Array) => ({ value: decodeProtobuf(body).object, strictErrors: [] }),
};

function decode(body: Uint8Array) {
  return decodeBody({ ...codec, readers }, pods, { body, contentType: PROTOBUF_MEDIA_TYPE }, 'Strict');
}

describe('protobuf bodies', () => {
  it('become the objects that JSON would have made', () => {
    const raw = delimited(1, delimited(1, utf8('web')));
    expect(decode(encodeBody('v1', 'Pod', raw)).object).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {},
    });
  });

  it.each([
    ['no bytes', new Uint8Array(), 'the object provided is unrecognized (must be of type Pod): empty data (<empty>)'],
    [
      'another format',
      utf8('{}'),
      'the object provided is unrecognized (must be of type Pod): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({})',
    ],
    [
      'a damaged object',
      encodeBody('v1', 'Pod', [10, 5]),
      'Pod in version "v1" cannot be handled as a Pod: unexpected EOF',
    ],
    [
      'a wrong field',
      encodeBody('v1', 'Pod', integer(1, 1)),
      'Pod in version "v1" cannot be handled as a Pod: proto: wrong wireType = 0 for field Metadata',
    ],
    [
      'an unknown kind',
      encodeBody('example.com/v1', 'Foo', []),
      'Foo in version "v1" cannot be handled as a Pod: no kind "Foo" is registered for version "example.com/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
  ])('%s is refused', (_, body, message) => expect(() => decode(body)).toThrow(message));
});
