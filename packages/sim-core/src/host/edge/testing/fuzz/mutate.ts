import type { RandomStream } from '../../../../sim/random.ts';
import { anyOf } from './draw.ts';

const BYTES = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  ';',
  ',',
  '\x7f',
  '\xff',
  '\x0b',
  '0',
  'a',
  '/',
  '\x16',
  '\x80',
  '\x1b',
];

/** Text with one to three bytes changed, put in, left out or doubled. */
export function mutated(chance: RandomStream, text: string): string {
  let result = text;
  for (let i = chance.integer(1, 3); i > 0; i--) result = mutatedOnce(chance, result);
  return result;
}

function mutatedOnce(chance: RandomStream, text: string): string {
  const at = chance.integer(0, text.length);
  const length = chance.integer(1, 3);
  switch (chance.integer(0, 4)) {
    case 0:
      return text.slice(0, at) + anyOf(chance, BYTES) + text.slice(at);
    case 1:
      return text.slice(0, at) + anyOf(chance, BYTES) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.slice(at + length);
    case 3:
      return text.slice(0, at + length) + text.slice(at);
    default:
      return text.slice(0, at);
  }
}
