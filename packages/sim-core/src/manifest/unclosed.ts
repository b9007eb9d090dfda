import type { CodeLine } from './code-lines.ts';
import type { OpenFlow } from './flow-scanner.ts';
import { createFlowScanner } from './flow-scanner.ts';
import type { Finding } from './problem.ts';

/**
 * The quote that opens a text and is never closed. A later quote may have closed it by mistake, so the first line whose
 * quote runs on into a line that looks like `key: value` is the likely one.
 */
export function unclosedQuote(lines: readonly CodeLine[], kubectl?: string): Finding | undefined {
  let last: OpenFlow | undefined;
  for (const [at, line] of lines.entries()) {
    const open = openOnLine(line).find(({ char }) => char === '"' || char === "'");
    if (open === undefined) continue;
    last = open;
    if (/^(?:-\s+)*[\w./-]+:(?:\s|$)/.test(lines[at + 1]?.code ?? 'a: ')) break;
  }
  if (last === undefined) return undefined;
  return {
    reason: 'Syntax',
    message: `the ${last.char === "'" ? 'single' : 'double'} quote (${last.char}) that begins here is never closed`,
    offset: last.offset,
    hint: `Close the text with ${last.char}.`,
    ...(kubectl === undefined ? {} : { kubectl }),
  };
}

/** The bracket that is still open at the end. */
export function unclosedBracket(lines: readonly CodeLine[]): Finding | undefined {
  const scanner = createFlowScanner();
  for (const { code, offset, indent } of lines) scanner.scan(code, offset + indent);
  const open = scanner.open().findLast(({ char }) => char === '[' || char === '{');
  if (open === undefined) return undefined;
  return {
    reason: 'Syntax',
    message: `the bracket ${open.char} that begins here is never closed`,
    offset: open.offset,
    hint: `Close it with ${open.char === '[' ? ']' : '}'}, or put the text in quotes if the bracket belongs to it.`,
  };
}

function openOnLine({ code, offset, indent }: CodeLine): readonly OpenFlow[] {
  if (!/["']/.test(code)) return [];
  const scanner = createFlowScanner();
  scanner.scan(code, offset + indent);
  return scanner.open();
}
