import { evaluate } from './arithmetic.ts';
import type { Expander } from './expander.ts';
import { matchesGlob } from './glob.ts';

/** `${x#pattern}`: without the shortest or longest beginning or end that the pattern stands for. */
export function strip(value: string, pattern: string, operator: string): string {
  if (value.length > 10_000) return value;
  const fromStart = operator.startsWith('#');
  const cuts = Array.from({ length: value.length + 1 }, (_, i) => i);
  const ascending = fromStart === (operator.length === 1);
  for (const at of ascending ? cuts : cuts.reverse()) {
    if (matchesGlob(pattern, fromStart ? value.slice(0, at) : value.slice(at)))
      return fromStart ? value.slice(at) : value.slice(0, at);
  }
  return value;
}

/** `${x/old/new}` with a text to be replaced, not a pattern. */
export function replace(value: string, word: string, all: boolean): string {
  const slash = word.indexOf('/');
  const [old, fresh] = slash < 0 ? [word, ''] : [word.slice(0, slash), word.slice(slash + 1)];
  const wanted = old.replace(/\\(.)/g, '$1');
  if (wanted === '') return value;
  return all ? value.split(wanted).join(fresh) : value.replace(wanted, () => fresh);
}

/** `${x:1:3}`. */
export function slice(value: string, word: string, shell: Expander): string {
  const [from = '0', length] = word.split(':');
  const start = evaluate(from, shell);
  const begin = start < 0 ? Math.max(0, value.length + start) : start;
  if (length === undefined) return value.slice(begin);
  const count = evaluate(length, shell);
  return count < 0 ? value.slice(begin, count) : value.slice(begin, begin + count);
}
