import type { Assignment, Command, Part, Redirect, Word } from './ast.ts';
import { SyntaxFailure } from './cursor.ts';
import { type HereText, readRedirect } from './read-redirects.ts';
import { bareText, type Tokens } from './tokens.ts';

/** Assignments, words and redirections (2.9.1 Simple Commands). */
export function readSimpleCommand(tokens: Tokens, hereText: HereText): Command {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    const redirect = readRedirect(tokens, hereText);
    if (redirect !== undefined) redirects.push(redirect);
    const word = redirect === undefined ? tokens.word() : undefined;
    if (redirect === undefined && word === undefined) break;
    if (word === undefined) continue;
    const assignment = words.length === 0 ? assignmentOf(word) : undefined;
    if (assignment !== undefined) assignments.push(assignment);
    else words.push(word);
    if (words.length === 1 && bareText(word) === '[[') readTest(tokens, words);
  }
  if (words.length + assignments.length + redirects.length === 0) throw new SyntaxFailure(tokens.token());
  return { kind: 'simple', assignments, words, redirects };
}

/** The words of `[[ … ]]`, in which operators are no operators. */
function readTest(tokens: Tokens, words: Word[]): void {
  for (;;) {
    tokens.cursor.skipLines();
    const [operator] = /^(&&|\|\||[()<>])/.exec(tokens.cursor.text.slice(tokens.cursor.at, tokens.cursor.at + 2)) ?? [];
    if (operator !== undefined) tokens.cursor.at += operator.length;
    const word =
      operator === undefined ? tokens.words.read() : [{ kind: 'text', text: operator, quoted: false } as Part];
    if (word === undefined) throw new SyntaxFailure(tokens.token());
    words.push(word);
    if (bareText(word) === ']]') return;
  }
}

function assignmentOf(word: Word): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const [head, name] = /^([A-Za-z_]\w*)=/.exec(first.text) ?? [];
  if (head === undefined) return undefined;
  const value = first.text.slice(head.length);
  return { name: name as string, value: [...(value === '' ? [] : [{ ...first, text: value }]), ...rest] };
}
