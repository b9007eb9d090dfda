import { between, type CharacterSet, foldCase, negate, union } from './character-set.ts';
import { posixClass } from './classes.ts';
import { type Escape, type Reading, readEscape } from './escapes.ts';

/** A class in brackets. @param begin behind the opening bracket */
export function readBracket(reading: Reading, begin: number, ignoreCase: boolean): { set: CharacterSet; end: number } {
  const { source, dialect } = reading;
  const isNegated = source[begin] === '^';
  const first = isNegated ? begin + 1 : begin;
  const sets: CharacterSet[] = [];
  let at = first;
  // A bracket right after the opening one stands for itself, but for JavaScript.
  while (source[at] !== ']' || (at === first && dialect.name !== 'javascript')) {
    if (at >= source.length) return reading.fail('class-without-end', begin - 1, source.length);
    const { set, end } = readRange(reading, at);
    sets.push(set);
    at = end;
  }
  const any = union(sets);
  const all = ignoreCase ? foldCase(any) : any;
  return { set: isNegated ? negate(all) : all, end: at + 1 };
}

function readRange(reading: Reading, at: number): { set: CharacterSet; end: number } {
  const { source } = reading;
  const low = readItem(reading, at);
  const isRange = source[low.end] === '-' && source[low.end + 1] !== ']' && source[low.end + 1] !== undefined;
  const high = isRange && low.code !== undefined ? readItem(reading, low.end + 1) : undefined;
  if (low.code === undefined || high?.code === undefined) return low;
  if (high.code < low.code) return reading.fail('range-order', at, high.end);
  return { set: between(low.code, high.code), end: high.end };
}

function readItem(reading: Reading, at: number): Escape {
  const { source, dialect } = reading;
  const character = source[at] as string;
  if (character === '\\' && source[at + 1] === 'b') return { set: [8, 8], code: 8, end: at + 2 };
  if (character === '\\') return readEscape(reading, at + 1);
  const [whole, name = ''] = dialect.name === 'javascript' ? [] : (/^\[:(\^?\w+):\]/.exec(source.slice(at)) ?? []);
  if (whole !== undefined) {
    const set = posixClass(name) ?? reading.fail('class-name', at, at + whole.length);
    return { set, code: undefined, end: at + whole.length };
  }
  const code = character.charCodeAt(0);
  return { set: [code, code], code, end: at + 1 };
}
