import { ANY, type CharacterSet, folded, literal, type Node, readClass, readEscape, UnknownSyntax } from './syntax.ts';

/** A regex with the number of its groups. */
export interface Parsed {
  readonly node: Node;
  readonly groups: number;
}

/** Highest number in braces: what is more makes programs too large. */
const MOST_TIMES = 1000;

/**
 * Takes a regex apart, in JavaScript's syntax (see pcre.ts).
 * @throws UnknownSyntax for what only a backtracking engine can do; SyntaxError for what is no regex
 */
export function parseRegex(source: string, ignoreCase: boolean): Parsed {
  const parser = new Parser(source, ignoreCase);
  const node = parser.choice();
  if (!parser.atEnd) throw new SyntaxError('a closing parenthesis without an opening one');
  return { node, groups: parser.groups };
}

function characters(matches: CharacterSet): Node {
  return { type: 'characters', matches };
}

class Parser {
  groups = 0;
  readonly #source: string;
  readonly #ignoreCase: boolean;
  #at = 0;

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source;
    this.#ignoreCase = ignoreCase;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(): Node {
    const nodes = [this.#sequence()];
    while (this.#take('|')) nodes.push(this.#sequence());
    return nodes.length === 1 ? (nodes[0] as Node) : { type: 'choice', nodes };
  }

  #sequence(): Node {
    const nodes: Node[] = [];
    while (!this.atEnd && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')')
      nodes.push(this.#repeated());
    return nodes.length === 1 ? (nodes[0] as Node) : { type: 'sequence', nodes };
  }

  #repeated(): Node {
    const node = this.#atom();
    const times = this.#quantifier();
    if (times === undefined) return node;
    if (node.type === 'assertion') throw new SyntaxError('nothing to repeat');
    const greedy = !this.#take('?');
    if (this.#quantifier() !== undefined) throw new SyntaxError('nothing to repeat');
    return { type: 'repeat', node, ...times, greedy };
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d+)(,(\d*))?\}/.exec(this.#source.slice(this.#at));
    if (braces === null) return undefined;
    this.#at += braces[0].length;
    const min = Number(braces[1]);
    const max = braces[2] === undefined ? min : braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]);
    if (max < min) throw new SyntaxError('numbers out of order in {} quantifier');
    if (min > MOST_TIMES || (max > MOST_TIMES && max !== Number.POSITIVE_INFINITY))
      throw new SyntaxError('regular expression is too large');
    return { min, max };
  }

  #atom(): Node {
    const character = this.#source[this.#at++] as string;
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      case '.':
        return characters(ANY);
      case '^':
        return { type: 'assertion', at: 'begin' };
      case '$':
        return { type: 'assertion', at: 'end' };
      case '*':
      case '+':
      case '?':
        throw new SyntaxError('nothing to repeat');
      default:
        return characters(folded(literal(character.charCodeAt(0)), this.#ignoreCase));
    }
  }

  #group(): Node {
    const captures = this.#source[this.#at] !== '?' || /^\?<[A-Za-z_$]/.test(this.#source.slice(this.#at));
    const capture = captures ? ++this.groups : undefined;
    const head = /^(?:\?:|\?<[A-Za-z_$][\w$]*>)/.exec(this.#source.slice(this.#at))?.[0] ?? '';
    if (head === '' && this.#source[this.#at] === '?') throw new UnknownSyntax('looks around');
    this.#at += head.length;
    const node = this.choice();
    if (!this.#take(')')) throw new SyntaxError('a parenthesis without end');
    return { type: 'group', node, capture };
  }

  #class(): Node {
    const { set, end } = readClass(this.#source, this.#at, this.#ignoreCase);
    this.#at = end;
    return characters(set);
  }

  #escape(): Node {
    const letter = this.#source[this.#at];
    if (letter === 'b' || letter === 'B') {
      this.#at++;
      return { type: 'assertion', at: letter === 'b' ? 'word' : 'no-word' };
    }
    const { set, end } = readEscape(this.#source, this.#at);
    this.#at = end;
    return characters(folded(set, this.#ignoreCase));
  }

  #take(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}
