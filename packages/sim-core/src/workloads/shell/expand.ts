import { evaluate } from './arithmetic.ts';
import type { Parameter, Part, Word } from './ast.ts';
import type { Expander } from './expander.ts';
import { isPattern } from './glob.ts';
import { replace, slice, strip } from './parameter-operators.ts';
import type { Waiting } from './wait.ts';

/** More text than this is no word any more. */
const LONGEST = 2_000_000;

/** A word on its way to fields: `pattern` is the text with what was quoted behind backslashes. */
interface Field {
  text: string;
  pattern: string;
}

/** Words with everything filled in, split into fields, patterns turned into paths (POSIX shell, 2.6). */
export function* expandWords(words: readonly Word[], shell: Expander): Waiting<string[]> {
  const fields: string[] = [];
  for (const word of words) {
    const builder = new Fields(shell, true);
    yield* builder.addWord(word);
    for (const { text, pattern } of builder.done()) {
      const paths = isPattern(pattern) ? shell.paths(pattern) : [];
      fields.push(...(paths.length > 0 ? paths : [text]));
    }
  }
  return fields;
}

/** A word filled in but not split: assignments, redirections, `case`. */
export function* expandText(word: Word, shell: Expander): Waiting<string> {
  return (yield* expandField(word, shell)).text;
}

/** A word as a pattern: what was quoted means itself. */
export function* expandPattern(word: Word, shell: Expander): Waiting<string> {
  return (yield* expandField(word, shell)).pattern;
}

function* expandField(word: Word, shell: Expander): Waiting<Field> {
  const builder = new Fields(shell, false);
  yield* builder.addWord(word);
  const [field] = builder.done();
  return field ?? { text: '', pattern: '' };
}

class Fields {
  readonly #shell: Expander;
  readonly #splits: boolean;
  readonly #fields: Field[] = [];
  #current: Field | undefined;
  #length = 0;

  constructor(shell: Expander, splits: boolean) {
    this.#shell = shell;
    this.#splits = splits;
  }

  done(): Field[] {
    this.#break();
    return this.#fields;
  }

  *addWord(word: Word): Waiting<void> {
    for (const [index, part] of word.entries()) yield* this.#add(index === 0 ? atHome(part, this.#shell) : part);
  }

  *#add(part: Part): Waiting<void> {
    switch (part.kind) {
      case 'text':
        return this.#append(part.text, part.quoted);
      case 'command':
        return this.#appendValue((yield* this.#shell.substitute(part.script)).replace(/\n+$/, ''), part.quoted);
      case 'arithmetic':
        return this.#append(String(evaluate(yield* expandText(part.word, this.#shell), this.#shell)), part.quoted);
      case 'parameter':
        return yield* this.#addParameter(part.parameter, part.quoted);
    }
  }

  *#addParameter(parameter: Parameter, quoted: boolean): Waiting<void> {
    const { name, operator } = parameter;
    if (name === '@' && operator === undefined) return this.#appendAll(quoted);
    if (operator !== undefined && /^:?[-+]$/.test(operator) && parameter.word !== undefined) {
      const value = this.#shell.get(name);
      const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
      if (operator.endsWith('-') ? !isSet : isSet) return yield* this.#addAlternative(parameter.word, quoted);
      return operator.endsWith('-') ? this.#appendValue(value ?? '', quoted) : undefined;
    }
    this.#appendValue(yield* parameterValue(parameter, this.#shell), quoted);
  }

  /** The word of `${name:-word}`, which may have quotes of its own. */
  *#addAlternative(word: Word, quoted: boolean): Waiting<void> {
    if (quoted) this.#append(yield* expandText(word, this.#shell), true);
    else yield* this.addWord(word);
  }

  #appendAll(quoted: boolean): void {
    for (const [index, parameter] of this.#shell.parameters.entries()) {
      if (index > 0 && this.#splits) this.#break();
      else if (index > 0) this.#append(' ', quoted);
      this.#appendValue(parameter, quoted);
    }
  }

  #appendValue(value: string, quoted: boolean): void {
    if (quoted || !this.#splits) return this.#append(value, quoted);
    const separators = this.#shell.get('IFS') ?? ' \t\n';
    let piece = '';
    for (const character of value) {
      if (!separators.includes(character)) {
        piece += character;
        continue;
      }
      if (piece !== '') this.#append(piece, false);
      piece = '';
      this.#break();
    }
    if (piece !== '') this.#append(piece, false);
  }

  #append(text: string, quoted: boolean): void {
    this.#length += text.length;
    if (this.#length > LONGEST) this.#shell.fail('out of memory');
    this.#current ??= { text: '', pattern: '' };
    this.#current.text += text;
    this.#current.pattern += quoted ? text.replace(/[*?[\]\\]/g, '\\$&') : text;
  }

  #break(): void {
    if (this.#current !== undefined) this.#fields.push(this.#current);
    this.#current = undefined;
  }
}

/** `~` and `~/…` at the beginning of a word. */
function atHome(part: Part, shell: Expander): Part {
  if (part.kind !== 'text' || part.quoted || !/^~(\/|$)/.test(part.text)) return part;
  return { ...part, text: (shell.get('HOME') ?? '/root') + part.text.slice(1) };
}

function* parameterValue({ name, operator = '', word = [] }: Parameter, shell: Expander): Waiting<string> {
  const value = shell.get(name);
  const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
  switch (operator) {
    case 'length':
      return String(name === '@' || name === '*' ? shell.parameters.length : (value ?? '').length);
    case '=':
    case ':=':
      if (!isSet) shell.set(name, yield* expandText(word, shell));
      return shell.get(name) ?? '';
    case '?':
    case ':?':
      if (!isSet) shell.fail(`${name}: ${(yield* expandText(word, shell)) || 'parameter not set or null'}`);
      return value ?? '';
    case '#':
    case '##':
    case '%':
    case '%%':
      return strip(value ?? '', yield* expandPattern(word, shell), operator);
    case '/':
    case '//':
      return replace(value ?? '', yield* expandPattern(word, shell), operator === '//');
    case ':':
      return slice(value ?? '', yield* expandText(word, shell), shell);
    default:
      return value ?? '';
  }
}
