/** A regex taken apart. */
export type Node =
  | { readonly type: 'characters'; readonly matches: CharacterSet }
  | { readonly type: 'assertion'; readonly at: 'begin' | 'end' | 'word' | 'no-word' }
  | { readonly type: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly type: 'choice'; readonly nodes: readonly Node[] }
  /** Undefined: it captures nothing. */
  | { readonly type: 'group'; readonly node: Node; readonly capture: number | undefined }
  | {
      readonly type: 'repeat';
      readonly node: Node;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };

/** Whether a character code is one of those that are meant. */
export type CharacterSet = (code: number) => boolean;

/** Thrown for what {@link parseRegex} does not know: looking around, looking back at groups. */
export class UnknownSyntax extends Error {}

const between =
  (low: number, high: number): CharacterSet =>
  (code) =>
    code >= low && code <= high;
const isDigit = between(0x30, 0x39);
const isWord: CharacterSet = (code) => isDigit(code) || code === 0x5f || isLetter(code);
const isLetter: CharacterSet = (code) => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
const isSpace: CharacterSet = (code) => code === 0x20 || (code >= 9 && code <= 13) || code === 0xa0;
const isAny: CharacterSet = (code) => code !== 10 && code !== 13;
const not =
  (set: CharacterSet): CharacterSet =>
  (code) =>
    !set(code);

const CLASSES: Readonly<Record<string, CharacterSet>> = Object.freeze({
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
});
const CONTROLS: Readonly<Record<string, number>> = Object.freeze({ t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 });

/** `\b` */
export { isWord };

/** Letters without regard to case, where that is asked for. */
export function folded(set: CharacterSet, ignoreCase: boolean): CharacterSet {
  return ignoreCase ? (code) => set(code) || (isLetter(code) && set(code ^ 0x20)) : set;
}

/** A character that stands for itself. */
export function literal(code: number): CharacterSet {
  return (other) => other === code;
}

export const ANY: CharacterSet = isAny;

/** An escape: a class, a control character, or a character that stands for itself. `at` is behind the backslash. */
export function readEscape(source: string, at: number): { set: CharacterSet; code: number | undefined; end: number } {
  const letter = source[at];
  if (letter === undefined) throw new SyntaxError('a backslash at the end');
  if (/[1-9k]/.test(letter)) throw new UnknownSyntax('looks back at a group');
  const known = CLASSES[letter];
  if (known !== undefined) return { set: known, code: undefined, end: at + 1 };
  const [whole = letter, x, u] = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(source.slice(at)) ?? [];
  const code = (x ?? u ?? '') ? Number.parseInt(x ?? u ?? '', 16) : (CONTROLS[letter] ?? letter.charCodeAt(0));
  return { set: literal(code), code, end: at + whole.length };
}

/** A class in brackets. `at` is behind the opening bracket. */
export function readClass(source: string, at: number, ignoreCase: boolean): { set: CharacterSet; end: number } {
  const negated = source[at] === '^';
  const sets: CharacterSet[] = [];
  let i = negated ? at + 1 : at;
  while (source[i] !== ']') {
    const low = readClassAtom(source, i);
    const isRange = source[low.end] === '-' && source[low.end + 1] !== ']' && source[low.end + 1] !== undefined;
    const high = isRange ? readClassAtom(source, low.end + 1) : undefined;
    if (low.code !== undefined && high?.code !== undefined) {
      if (high.code < low.code) throw new SyntaxError('a range out of order in a class');
      sets.push(between(low.code, high.code));
      i = high.end;
    } else {
      sets.push(low.set);
      i = low.end;
    }
  }
  const any = folded((code) => sets.some((set) => set(code)), ignoreCase);
  return { set: negated ? not(any) : any, end: i + 1 };
}

function readClassAtom(source: string, at: number): { set: CharacterSet; code: number | undefined; end: number } {
  const character = source[at];
  if (character === undefined) throw new SyntaxError('a class without end');
  if (character === '\\' && source[at + 1] === 'b') return { set: literal(8), code: 8, end: at + 2 };
  if (character === '\\') return readEscape(source, at + 1);
  const code = character.charCodeAt(0);
  return { set: literal(code), code, end: at + 1 };
}
