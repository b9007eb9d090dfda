/** Words of a directive whose text stands in nginx.conf as it is, and what comes behind the `;` that may be in it. */
interface RawWords {
  readonly words: readonly string[];
  /** First word behind the `;`: a directive that nobody knows. */
  readonly next: string | undefined;
}

const WORD = /(?:\\[\s\S]|\$\{|[^\s;{\\])+/y;
const QUOTED = /"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'/y;

/**
 * Takes a text apart as nginx does when it stands in a directive without quotes (ngx_conf_read_token).
 * @throws Error in nginx's words for what ends or breaks the directive
 */
export function readRawWords(directive: string, text: string): RawWords {
  const words: string[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, at)) {
    const char = text.charAt(at);
    if (char === ';') return { words, next: /^[\s;]*([^\s;{]+)/.exec(text.slice(at))?.[1] };
    if (char === '{') emerg(`directive "${directive}" is not terminated by ";"`);
    if (char === '}') emerg('unexpected "}"');
    if (char === '#') emerg(`invalid number of arguments in "${directive}" directive`);
    const isQuoted = char === '"' || char === "'";
    const found = matchAt(isQuoted ? QUOTED : WORD, text, at);
    if (found === null) emerg(END_OF_FILE);
    at += found[0].length;
    if (isQuoted && /[^\s;{)]/.test(text.charAt(at))) emerg(`unexpected "${text.charAt(at)}"`);
    words.push(found[1] ?? found[2] ?? found[0]);
  }
  return { words, next: undefined };
}

/** After a directive that is good for itself. @throws Error in nginx's words where something follows it */
export function refuseNext({ next }: RawWords): void {
  if (next !== undefined) emerg(`unknown directive "${next}"`);
}

const END_OF_FILE = 'unexpected end of file, expecting ";" or "}"';

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at++;
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = at;
  return sticky.exec(text);
}

function emerg(reason: string): never {
  throw new Error(`nginx: [emerg] ${reason}`);
}
