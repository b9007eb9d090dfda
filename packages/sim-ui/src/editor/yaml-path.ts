/** Where in a YAML text a place is: the fields that lead there, list items left out. */
export interface YamlPlace {
  readonly path: readonly string[];
  /** Whether a field's name is being written there, or the value of the last field of `path`. */
  readonly part: 'key' | 'value';
}

const FIELD = /^((?:\s*-\s+)*\s*)("[^"]*"|'[^']*'|[^\s#:'"{[&*!|>%@-][^#:]*|[^\s#:]+):(?=\s|$)/;

/**
 * Finds the fields above a place by indentation. It reads what is being typed, so nothing has to be valid.
 * @param line from 0
 * @param column from 0
 */
export function yamlPlace(lines: readonly string[], line: number, column: number): YamlPlace {
  const text = lines[line] ?? '';
  const field = fieldOf(text);
  const isValue = field !== undefined && column > field.column + field.width;
  const own = isValue ? [field.name] : [];
  const start = field?.column ?? columnOfContent(text, column);
  return { path: [...pathAbove(lines, line, start), ...own], part: isValue ? 'value' : 'key' };
}

/** The fields that lead to a field on a line, its own among them; undefined where no field stands. */
export function fieldPath(lines: readonly string[], line: number): readonly string[] | undefined {
  const field = fieldOf(lines[line] ?? '');
  return field && [...pathAbove(lines, line, field.column), field.name];
}

function pathAbove(lines: readonly string[], line: number, start: number): string[] {
  const path: string[] = [];
  let limit = dashBefore(lines[line] ?? '', start) ?? start;
  for (let at = line - 1; at >= 0 && limit > 0; at--) {
    const text = lines[at] ?? '';
    if (/^---/.test(text)) break;
    if (/^\s*(#|$)/.test(text)) continue;
    const field = fieldOf(text);
    const depth = text.search(/\S/);
    if (field && field.column < limit) {
      path.unshift(field.name);
      limit = field.column;
    }
    if (depth < limit || (text[depth] === '-' && depth <= limit)) limit = dashBefore(text, limit) ?? limit;
  }
  return path;
}

/** One more than the column of the outermost dash before a column: a list may stand level with its field. */
function dashBefore(text: string, before: number): number | undefined {
  const dash = text.search(/\S/);
  return text[dash] === '-' && /^\s*-(\s|$)/.test(text) && dash < before ? dash + 1 : undefined;
}

function fieldOf(text: string): { name: string; column: number; width: number } | undefined {
  const [, lead = '', name = ''] = FIELD.exec(text) ?? [];
  if (name === '') return undefined;
  return { name: name.replace(/^(["'])(.*)\1$/, '$2').trim(), column: lead.length, width: name.length };
}

function columnOfContent(text: string, column: number): number {
  const [lead = ''] = /^(\s*-\s+)*\s*/.exec(text) ?? [];
  return text.trim() === '' ? column : Math.min(lead.length, column);
}
