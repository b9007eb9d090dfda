/** What is wrong with a JSON text, in the words of Go's encoding/json. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

/** Deeper than any real object; Go's decoder stops at 10,000, in these words. */
const MAX_DEPTH = 1000;
/** Of more duplicates than this the rest is not listed. */
const MAX_DUPLICATES = 100;

const UNEXPECTED_END = 'unexpected end of JSON input';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const LITERALS: Readonly<Record<string, string>> = Object.freeze({ t: 'true', f: 'false', n: 'null' });

/**
 * Reads a JSON text as Go does: finds keys that stand twice in one object, which JSON.parse hides, and says what is wrong in
 * Go's words. Time grows with the text only.
 *
 * @returns paths of the duplicates, `spec.containers[0].name`
 * @throws JsonSyntaxError
 */
export function scanJson(text: string): string[] {
  const scanner = new Scanner(text);
  scanner.document();
  return scanner.duplicates;
}

class Scanner {
  readonly duplicates: string[] = [];
  readonly #text: string;
  readonly #number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
  readonly #escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value('', 0);
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character !== undefined) throw invalid(character, 'after top-level value');
  }

  #value(path: string, depth: number): void {
    if (depth > MAX_DEPTH) throw new JsonSyntaxError('exceeded max depth');
    const character = this.#next();
    if (character === '{') this.#object(path, depth);
    else if (character === '[') this.#array(path, depth);
    else if (character === '"') this.#string();
    else this.#scalar(character);
  }

  #object(path: string, depth: number): void {
    const keys = new Set<string>();
    for (let first = true; ; first = false) {
      this.#at++;
      const character = this.#next();
      if (first && character === '}') break;
      if (character !== '"') throw invalid(character, 'looking for beginning of object key string');
      const member = this.#key(path, keys);
      const colon = this.#next();
      if (colon !== ':') throw invalid(colon, 'after object key');
      this.#at++;
      this.#value(member, depth + 1);
      const end = this.#next();
      if (end === '}') break;
      if (end !== ',') throw invalid(end, 'after object key:value pair');
    }
    this.#at++;
  }

  /** Path of the member whose key begins here. */
  #key(path: string, keys: Set<string>): string {
    const key = JSON.parse(this.#string()) as string;
    const member = path === '' ? key : `${path}.${key}`;
    if (keys.has(key) && this.duplicates.length < MAX_DUPLICATES) this.duplicates.push(member);
    keys.add(key);
    return member;
  }

  #array(path: string, depth: number): void {
    for (let index = 0; ; index++) {
      this.#at++;
      if (index === 0 && this.#next() === ']') break;
      this.#value(`${path}[${index}]`, depth + 1);
      const end = this.#next();
      if (end === ']') break;
      if (end !== ',') throw invalid(end, 'after array element');
    }
    this.#at++;
  }

  /** The literal that begins here, quotes included. By hand: a regular expression runs out of stack on long texts. */
  #string(): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) return this.#text.slice(start, ++this.#at);
      if (Number.isNaN(code)) throw new JsonSyntaxError(UNEXPECTED_END);
      if (code < FIRST_PRINTABLE) throw invalid(this.#text[this.#at] as string, 'in string literal');
      if (code !== BACKSLASH) this.#at++;
      else if (this.#match(this.#escape) === 0) throw this.#badEscape();
    }
  }

  #badEscape(): JsonSyntaxError {
    const isUnicode = this.#text[this.#at + 1] === 'u';
    const digits = isUnicode
      ? (/^[\da-fA-F]*/.exec(this.#text.slice(this.#at + 2, this.#at + 6))?.[0].length ?? 0)
      : -1;
    const bad = this.#text[this.#at + 2 + digits];
    if (bad === undefined) return new JsonSyntaxError(UNEXPECTED_END);
    return invalid(bad, isUnicode ? 'in \\u hexadecimal character escape' : 'in string escape code');
  }

  #scalar(character: string): void {
    const word = LITERALS[character];
    if (word !== undefined) return this.#literal(word);
    if (!/[-\d]/.test(character)) throw invalid(character, 'looking for beginning of value');
    if (this.#match(this.#number) === 0) throw this.#badNumber(1, 'in numeric literal');
    const next = this.#text[this.#at];
    if (next === '.') throw this.#badNumber(1, 'after decimal point in numeric literal');
    if (next !== 'e' && next !== 'E') return;
    const signed = /[-+]/.test(this.#text[this.#at + 1] ?? '');
    throw this.#badNumber(signed ? 2 : 1, 'in exponent of numeric literal');
  }

  #badNumber(skipped: number, where: string): JsonSyntaxError {
    const bad = this.#text[this.#at + skipped];
    return bad === undefined ? new JsonSyntaxError(UNEXPECTED_END) : invalid(bad, where);
  }

  #literal(word: string): void {
    for (const letter of word) {
      const found = this.#text[this.#at];
      if (found === undefined) throw new JsonSyntaxError(UNEXPECTED_END);
      if (found !== letter) throw invalid(found, `in literal ${word} (expecting ${quote(letter)})`);
      this.#at++;
    }
  }

  /** The next character that is no white space. */
  #next(): string {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character === undefined) throw new JsonSyntaxError(UNEXPECTED_END);
    return character;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  /** Skips what matches here; how much that was. */
  #match(sticky: RegExp): number {
    sticky.lastIndex = this.#at;
    const length = sticky.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length;
  }
}

function invalid(character: string, where: string): JsonSyntaxError {
  return new JsonSyntaxError(`invalid character ${quote(character)} ${where}`);
}

/** As Go's scanner quotes a character: `'x'`, `'\''`, `'"'`. */
function quote(character: string): string {
  if (character === "'") return `'\\''`;
  if (character === '"') return `'"'`;
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}
