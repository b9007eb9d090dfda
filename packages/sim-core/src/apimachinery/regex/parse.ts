import { readBracket } from './bracket.ts';
import { type CharacterSet, foldCase } from './character-set.ts';
import { type Reading, readEscape } from './escapes.ts';
import { readGroupHead } from './group-head.ts';
import { type Assertion, type Dialect, EVERYTHING, type Mistake, type Node, UnsupportedSyntax } from './syntax.ts';

/** A regex with the number of its groups. */
export interface Parsed {
  readonly node: Node;
  readonly groups: number;
}

/** What `(?ims)` sets; it holds up to the end of the group. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

/**
 * Takes a regex apart.
 * @throws UnsupportedSyntax for what only an engine that goes back can do; SyntaxError, in the dialect's words, for what is no regex
 */
export function parseRegex(source: string, dialect: Dialect, ignoreCase: boolean): Parsed {
  const parser = new Parser(source, dialect, ignoreCase);
  const node = parser.whole();
  return { node, groups: parser.groups };
}

const ESCAPED_PLACES: Readonly<Record<string, Assertion>> = Object.freeze({
  A: 'begin',
  Z: 'last',
  z: 'end',
  b: 'word',
  B: 'no-word',
});

/** `\Q…\E`: everything between stands for itself. */
function withoutQuotes(source: string): string {
  return source.replace(/\\Q([\s\S]*?)(?:\\E|$)|\\E|\\[\s\S]/g, (whole, text: string | undefined) => {
    if (text === undefined) return whole === '\\E' ? '' : whole;
    return text.replace(/[^A-Za-z0-9_]/g, '\\$&');
  });
}

class Parser implements Reading {
  groups = 0;
  readonly source: string;
  readonly dialect: Dialect;
  readonly #names = new Set<string>();
  #flags: Flags;
  #at = 0;

  constructor(source: string, dialect: Dialect, ignoreCase: boolean) {
    this.source = dialect.name === 'javascript' ? source : withoutQuotes(source);
    this.dialect = dialect;
    this.#flags = { ignoreCase, multiline: false, dotAll: false, ungreedy: false };
  }

  whole(): Node {
    const node = this.#choice();
    if (this.#at < this.source.length) this.fail('group-without-begin', this.#at, this.#at);
    return node;
  }

  fail(kind: Mistake, begin: number, end: number): never {
    throw new SyntaxError(this.dialect.mistake(kind, this.source, begin, end));
  }

  #choice(): Node {
    const nodes = [this.#sequence()];
    while (this.#take('|')) nodes.push(this.#sequence());
    return nodes.length === 1 ? (nodes[0] as Node) : { type: 'choice', nodes };
  }

  #sequence(): Node {
    const nodes: Node[] = [];
    for (let next = this.source[this.#at]; next !== undefined && next !== '|' && next !== ')'; ) {
      nodes.push(this.#repeated());
      next = this.source[this.#at];
    }
    return nodes.length === 1 ? (nodes[0] as Node) : { type: 'sequence', nodes };
  }

  #repeated(): Node {
    const node = this.#atom();
    const begin = this.#at;
    const times = this.#quantifier();
    if (times === undefined) return node;
    if (node.type === 'assertion' || node.type === 'sequence') this.fail('nothing-to-repeat', begin, this.#at);
    if (this.dialect.name === 'pcre' && this.source[this.#at] === '+')
      throw new UnsupportedSyntax('possessive quantifier');
    const greedy = this.#take('?') === this.#flags.ungreedy;
    if (this.#quantifier() !== undefined) this.fail('repeated-twice', begin, this.#at);
    return { type: 'repeat', node, ...times, greedy };
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d+)(,(\d*))?\}/.exec(this.source.slice(this.#at));
    if (braces === null) return undefined;
    const begin = this.#at;
    this.#at += braces[0].length;
    const min = Number(braces[1]);
    const max = braces[2] === undefined ? min : braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]);
    if (max < min) this.fail('times-order', begin, this.#at);
    const { mostTimes } = this.dialect;
    if (min > mostTimes || (max > mostTimes && max !== Number.POSITIVE_INFINITY))
      this.fail('too-many-times', begin, this.#at);
    return { min, max };
  }

  #atom(): Node {
    const character = this.source[this.#at++] as string;
    const { multiline, dotAll } = this.#flags;
    switch (character) {
      case '(':
        return this.#group();
      case '[': {
        const { set, end } = readBracket(this, this.#at, this.#flags.ignoreCase);
        this.#at = end;
        return { type: 'characters', set };
      }
      case '\\':
        return this.#escape();
      case '.':
        return { type: 'characters', set: dotAll ? EVERYTHING : this.dialect.any };
      case '^':
        return { type: 'assertion', at: multiline ? 'line-begin' : 'begin' };
      case '$':
        return { type: 'assertion', at: multiline ? 'line-end' : this.dialect.dollar };
      case '*':
      case '+':
      case '?':
        return this.fail('nothing-to-repeat', this.#at - 1, this.#at);
      default:
        return this.#characters([character.charCodeAt(0), character.charCodeAt(0)]);
    }
  }

  #group(): Node {
    const outer = this.#flags;
    const head = readGroupHead(this, this.#at, outer);
    this.#at = head.end;
    if (head.kind === 'flags') {
      this.#flags = head.flags;
      return { type: 'sequence', nodes: [] };
    }
    if (head.name !== undefined) this.#name(head.name);
    const capture = head.captures ? ++this.groups : undefined;
    this.#flags = head.flags;
    const node = this.#choice();
    this.#flags = outer;
    if (!this.#take(')')) this.fail('group-without-end', this.#at, this.source.length);
    return { type: 'group', node, capture };
  }

  /** Called when the head of the group was just read. */
  #name(name: string): void {
    const end = this.#at - 1;
    if (this.#names.has(name)) this.fail('group-name-twice', end - name.length, end);
    this.#names.add(name);
  }

  #escape(): Node {
    const letter = this.source[this.#at] ?? '';
    const place = this.dialect.name === 'javascript' && !'bB'.includes(letter) ? undefined : ESCAPED_PLACES[letter];
    if (place !== undefined && !(letter === 'Z' && this.dialect.name === 'go')) {
      this.#at++;
      return { type: 'assertion', at: place };
    }
    const { set, end } = readEscape(this, this.#at);
    this.#at = end;
    return this.#characters(set);
  }

  #characters(set: CharacterSet): Node {
    return { type: 'characters', set: this.#flags.ignoreCase ? foldCase(set) : set };
  }

  #take(character: string): boolean {
    if (this.source[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}
