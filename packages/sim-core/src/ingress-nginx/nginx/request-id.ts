import type { RandomStream } from '../../sim/random.ts';

/** The two hexadecimal digits of each byte: looked up, because every request needs sixteen of them. */
const BYTES: readonly string[] = Object.freeze(
  Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')),
);

/** `$request_id`: 32 hexadecimal digits, from four draws (ngx_http_variables.c, ngx_http_variable_request_id). */
export function requestId(chance: RandomStream): string {
  return fourBytes(chance) + fourBytes(chance) + fourBytes(chance) + fourBytes(chance);
}

function fourBytes(chance: RandomStream): string {
  const bits = chance.integer(0, 0xffffffff);
  return hex(bits >>> 24) + hex(bits >>> 16) + hex(bits >>> 8) + hex(bits);
}

function hex(bits: number): string {
  return BYTES[bits & 0xff] as string;
}
