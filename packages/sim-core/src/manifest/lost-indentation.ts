import type { CodeLine } from './code-lines.ts';
import type { Finding } from './problem.ts';
import { reindent } from './reindent.ts';

/**
 * Quick test: an empty key and, on the next line, a key at the same indentation or a lesser one. Cheap, and true for
 * some sound documents too.
 */
export function mayHaveLostIndentation(lines: readonly CodeLine[]): boolean {
  return lines.some(({ code, indent }, at) => {
    const next = lines[at + 1];
    if (next === undefined || !/^(?:-\s+)*[^\s:]+:$/.test(code)) return false;
    return next.indent <= indent + (/^(?:-\s+)*/.exec(code)?.[0].length ?? 0) && !next.code.startsWith('- ');
  });
}

/**
 * Notices that the indentation was lost on the way, as it happens to text copied from web pages: keys that are known to
 * belong under the empty key above them stand beside it. Where every line has only one place, the document is given as
 * it was meant.
 */
export function findLostIndentation(text: string, lines: readonly CodeLine[]): Finding | undefined {
  const { misplaced, corrected } = reindent(text, lines);
  if (misplaced === undefined) return undefined;
  const { line, parent } = misplaced;
  const key = /^(?:-\s+)?([^\s:]+):/.exec(line.code)?.[1];
  return {
    reason: 'LostIndentation',
    message: `the indentation was lost: "${key ?? line.code}" belongs under "${parent}:" and must be indented deeper`,
    offset: line.offset + line.indent,
    hint:
      corrected === undefined
        ? 'Indent what belongs under a key by two spaces more than the key. Text copied from web pages often loses that.'
        : 'Text copied from web pages often loses its indentation. It should read:',
    ...(corrected === undefined ? {} : { corrected }),
  };
}
