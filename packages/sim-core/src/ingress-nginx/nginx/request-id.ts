import type { RandomStream } from '../../sim/random.ts';

/**
 * `$request_id`: 32 hexadecimal digits, from four draws (ngx_http_variables.c, ngx_http_variable_request_id). Every request has
 * one, so it is made in one piece: put together from shorter ones it would take three times as long.
 */
export function requestId(chance: RandomStream): string {
  const a = chance.integer(0, 0xffffffff);
  const b = chance.integer(0, 0xffffffff);
  const c = chance.integer(0, 0xffffffff);
  const d = chance.integer(0, 0xffffffff);
  // biome-ignore format: one line for each draw
  return String.fromCharCode(
    code(a >>> 28), code(a >>> 24), code(a >>> 20), code(a >>> 16), code(a >>> 12), code(a >>> 8), code(a >>> 4), code(a),
    code(b >>> 28), code(b >>> 24), code(b >>> 20), code(b >>> 16), code(b >>> 12), code(b >>> 8), code(b >>> 4), code(b),
    code(c >>> 28), code(c >>> 24), code(c >>> 20), code(c >>> 16), code(c >>> 12), code(c >>> 8), code(c >>> 4), code(c),
    code(d >>> 28), code(d >>> 24), code(d >>> 20), code(d >>> 16), code(d >>> 12), code(d >>> 8), code(d >>> 4), code(d),
  );
}

/** Character code of the hexadecimal digit of the lowest four bits: `0` is 0x30, and `a` is 39 further than ten behind it. */
function code(bits: number): number {
  const digit = bits & 15;
  return 0x30 + digit + (((9 - digit) >> 31) & 39);
}
