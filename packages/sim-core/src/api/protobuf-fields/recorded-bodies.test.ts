import { describe, expect, it } from 'vitest';
import { createProtobufDecoder } from '../../apimachinery/protobuf/decode-protobuf.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import { SCHEMA_JSON } from '../schema.generated.ts';
import { PROTOBUF_FIELDS } from './index.ts';
// The same commands through kubectl 1.33 (protobuf) and 1.31 (JSON).
import recorded from './recorded-bodies.json' with { type: 'json' };

const decode = createProtobufDecoder(
  createSchema(() => SCHEMA_JSON),
  PROTOBUF_FIELDS,
);

/** Without what Go's JSON encoder writes of values that nobody set: nulls, and the zeros of a status. */
function withoutUnset(value: unknown, inStatus = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutUnset(item, inStatus));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(
    ([, member]) => member !== null && !(inStatus && (member === 0 || member === '' || member === false)),
  );
  return Object.fromEntries(members.map(([key, member]) => [key, withoutUnset(member, key === 'status')]));
}

describe("kubectl's bodies say the same in protobuf as in JSON", () => {
  it.each(recorded)('$request', ({ protobuf, json }) => {
    const bytes = Uint8Array.from(atob(protobuf), (char) => char.charCodeAt(0));
    expect(decode(bytes).object).toEqual(withoutUnset(json));
  });
});
