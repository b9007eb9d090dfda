import type { CodeLine } from './code-lines.ts';
import type { Finding } from './problem.ts';

/** The first tab in an indentation, up to the line `last` (and the one below it, where a parser may have stopped). */
export function findTab(lines: readonly CodeLine[], last: number): Finding | undefined {
  for (const { number, raw, offset } of lines) {
    if (number > last + 1) return undefined;
    const lead = /^(?:[ -]*)\t/.exec(raw);
    if (lead === null) continue;
    return {
      reason: 'Tab',
      message: 'a tab stands in the indentation; YAML allows only spaces there',
      offset: offset + lead[0].length - 1,
      hint: 'Replace each tab with two spaces (most editors: "Convert indentation to spaces").',
      kubectl: `error converting YAML to JSON: yaml: line ${number}: found character that cannot start any token`,
    };
  }
  return undefined;
}

/** A line that begins at a column where nothing above it begins, or that mixes keys and list entries. */
export function describeIndentation(lines: readonly CodeLine[], line: CodeLine): Finding {
  const above = lines.filter(({ number }) => number < line.number);
  const sibling = above.findLast(({ indent }) => indent <= line.indent);
  if (sibling?.indent === line.indent) return mixed(sibling, line);
  const columns = openColumns(above).filter(({ column }) => column !== line.indent);
  const fitting = columns.slice(-3).map(({ column, code }) => `${column} (as "${code}")`);
  const previous = above.at(-1);
  const isUnderScalar = previous !== undefined && line.indent > previous.indent && /:\s+\S/.test(previous.code);
  return {
    reason: 'Syntax',
    message: isUnderScalar
      ? `this line is indented under "${previous.code.split(/:\s/)[0]}:", which has a value already`
      : `this line is indented by ${spaces(line.indent)}; nothing above it that it could belong to is`,
    offset: line.offset + line.indent,
    hint: `Indent it by ${fitting.join(' or ') || '0'}.`,
  };
}

/** A line of a `|` or `>` text that is indented less than the text's first line. */
export function describeBlockScalar(header: CodeLine, offset: number): Finding {
  return {
    reason: 'Syntax',
    message: `this line is indented less than the first line of the text that begins at "${header.code}"`,
    offset,
    hint: 'Indent the text evenly, at least as deep as its first line; what follows it, like the key it belongs to.',
  };
}

function mixed(sibling: CodeLine, line: CodeLine): Finding {
  const isEntry = /^-(?:\s|$)/.test(line.code);
  return {
    reason: 'Syntax',
    message: isEntry
      ? `a list entry (-) stands where a key like "${sibling.code.split(/:(?:\s|$)/)[0]}:" is expected`
      : 'a key stands where a list entry (-) is expected',
    offset: line.offset + line.indent,
    hint: isEntry
      ? 'A list belongs under a key that has no value of its own on its line.'
      : 'Indent it if it belongs to the entry above, or end the list by indenting it less.',
  };
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}

interface OpenColumn {
  readonly column: number;
  readonly code: string;
}

/** The columns at which an entry could continue: those of the lines that no later line has closed. */
function openColumns(lines: readonly CodeLine[]): OpenColumn[] {
  let open: OpenColumn[] = [];
  for (const { indent, code } of lines) {
    open = open.filter(({ column }) => column < indent);
    const dashes = /^(?:-\s+)*/.exec(code)?.[0].length ?? 0;
    const name = code.slice(dashes).split(/:(?:\s|$)/)[0] ?? '';
    if (dashes > 0) open.push({ column: indent, code: '-' });
    open.push({ column: indent + dashes, code: `${name.slice(0, 30)}:` });
  }
  return open;
}
