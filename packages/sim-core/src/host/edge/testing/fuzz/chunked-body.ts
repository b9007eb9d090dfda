import type { RandomStream } from '../../../../sim/random.ts';
import { anyOf, sometimes } from './draw.ts';
import { ODD_ENDS, ODD_SIZES, TRAILERS } from './parts.ts';

/** A body in chunks, some of them wrong. */
export function chunkedBody(chance: RandomStream): string {
  const odd = sometimes(chance, 0.3);
  const end = () => (odd && sometimes(chance, 0.15) ? anyOf(chance, ODD_ENDS) : '\r\n');
  let body = '';
  for (let i = chance.integer(0, 3); i > 0; i--) {
    const data = anyOf(chance, ['abc', 'abc', '\r\n0\r\n\r\n'.padEnd(10, 'x'), 'y'.repeat(300)]);
    const size = odd && sometimes(chance, 0.2) ? anyOf(chance, ODD_SIZES) : data.length.toString(16);
    body += size + end() + data + end();
  }
  return `${body}0${end()}${odd ? anyOf(chance, TRAILERS) : ''}${end()}`;
}
