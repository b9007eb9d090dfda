import type { Part, Redirect, Word } from './ast.ts';
import { SyntaxFailure } from './cursor.ts';
import type { Tokens } from './tokens.ts';

/** Reads the text of a here-document as a word. */
export type HereText = (text: string) => Word;

const NEW_LINE: Part = Object.freeze({ kind: 'text', text: '\n', quoted: true });

/** Every redirection that stands here. */
export function readRedirects(tokens: Tokens, hereText: HereText): Redirect[] {
  const redirects: Redirect[] = [];
  for (let next = readRedirect(tokens, hereText); next !== undefined; next = readRedirect(tokens, hereText))
    redirects.push(next);
  return redirects;
}

/** A redirection, if one stands here (2.7). */
export function readRedirect(tokens: Tokens, hereText: HereText): Redirect | undefined {
  tokens.cursor.skipBlanks();
  const ahead = tokens.cursor.text.slice(tokens.cursor.at, tokens.cursor.at + 16);
  const [whole, digits, sign] = /^(\d*)(<<-|<<<|<<|<&|>&|>>|&>|>\||<|>)/.exec(ahead) ?? [];
  if (whole === undefined || sign === undefined) return undefined;
  tokens.cursor.at += whole.length;
  const descriptor = digits ? Number(digits) : sign.startsWith('<') ? 0 : 1;
  const target = tokens.word();
  if (target === undefined) throw new SyntaxFailure(tokens.token());
  if (sign === '<<' || sign === '<<-') return hereDocument(tokens, hereText, target, sign === '<<-');
  if (sign === '<<<') return { descriptor, operator: '<<', target: [...target, NEW_LINE] };
  return { descriptor, operator: (sign === '>|' ? '>' : sign) as Redirect['operator'], target };
}

function hereDocument(tokens: Tokens, hereText: HereText, delimiter: Word, stripTabs: boolean): Redirect {
  const isQuoted = delimiter.some((part) => part.kind !== 'text' || part.quoted);
  const target: Part[] = [];
  tokens.cursor.expectHereDocument({
    delimiter: delimiter.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
    stripTabs,
    take: (text) => target.push(...(isQuoted ? [{ kind: 'text', text, quoted: true } as Part] : hereText(text))),
  });
  return { descriptor: 0, operator: '<<', target };
}
