/** A row of a CSV file by its column names, with the line that it begins in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file with a head line. */
export interface CsvTable {
  /** Column names in lower case, trimmed. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads CSV as spreadsheets write it (RFC 4180): comma, semicolon or tab, told by the head line; quotes, line feeds inside of
 * them, a byte order mark. Empty lines are left out. Never throws.
 */
export function readCsv(text: string): CsvTable {
  const [head, ...rest] = records(text.replace(/^\uFEFF/, ''));
  const columns = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  return {
    columns,
    rows: rest.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((column, index) => [column, (cells[index] ?? '').trim()])),
    })),
  };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
}

function records(text: string): CsvRecord[] {
  const separator = separatorOf(text);
  const found: CsvRecord[] = [];
  let [line, at] = [1, 0];
  while (at < text.length) {
    const record: CsvRecord = { line, cells: [] };
    let isOpen = true;
    while (isOpen) {
      const { value, end } = cellAt(text, at, separator);
      record.cells.push(value);
      isOpen = text[end] === separator;
      line += text.slice(at, end).split('\n').length - 1;
      at = end + 1;
    }
    // The line end is one character, or two.
    if (text[at - 1] === '\r' && text[at] === '\n') at++;
    line++;
    if (record.cells.some((cell) => cell.trim() !== '')) found.push(record);
  }
  return found;
}

/** The separator that the head line has most of. */
function separatorOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const count = (separator: string) => head.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function cellAt(text: string, start: number, separator: string): { value: string; end: number } {
  if (text[start] !== '"') return plainCell(text, start, separator);
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      // What stands behind the closing quote belongs to the cell, as spreadsheets read it.
      const rest = plainCell(text, quote + 1, separator);
      return { value: value + rest.value, end: rest.end };
    }
    value += '"';
    at = quote + 2;
  }
}

function plainCell(text: string, start: number, separator: string): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
  return { value: text.slice(start, end), end };
}
