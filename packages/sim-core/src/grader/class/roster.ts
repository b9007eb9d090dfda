import { type CsvTable, readCsv } from './csv-table.ts';

/** A student who should hand something in. */
export interface RosterStudent {
  /** Names the student in results and submissions. */
  readonly id: string;
  /** As people call them; '' where the roster does not say. */
  readonly name: string;
  /** What was handed in, from the roster's own folder; '' to look for it by the id. */
  readonly submission: string;
}

/** A roster, and what is wrong with it, each with its line. */
export interface Roster {
  readonly students: readonly RosterStudent[];
  readonly problems: readonly string[];
}

/** Columns that may name the student, the best first: what Canvas, Moodle, Gradescope, Classroom 50 and people write. */
const ID = [
  'student',
  'id',
  'username',
  'login',
  'user',
  'sis login id',
  'sid',
  'email',
  'email address',
  'identifier',
];
const NAME = ['name', 'full name', 'student name'];
const SUBMISSION = ['submission', 'path', 'file', 'folder', 'repo', 'repository'];

/** Reads a roster: CSV with a head line, one student a line. */
export function readRoster(file: string, text: string): Roster {
  const table = readCsv(text);
  const column = ID.find((each) => table.columns.includes(each));
  if (column === undefined) return { students: [], problems: [noColumn(file, table)] };
  const seen = new Map<string, number>();
  const problems: string[] = [];
  const students: RosterStudent[] = [];
  for (const { line, cells } of table.rows) {
    const id = cells[column] ?? '';
    const before = seen.get(id);
    if (id === '') problems.push(`${file}:${line}: no ${column} in this line`);
    else if (before !== undefined) problems.push(`${file}:${line}: ${id} stands in line ${before} already`);
    else students.push({ id, name: nameOf(cells), submission: firstOf(cells, SUBMISSION) });
    if (id !== '' && before === undefined) seen.set(id, line);
  }
  return { students, problems };
}

function nameOf(cells: Readonly<Record<string, string>>): string {
  const parts = [
    firstOf(cells, ['first_name', 'first name', 'firstname']),
    firstOf(cells, ['last_name', 'last name', 'surname']),
  ];
  return firstOf(cells, NAME) || parts.filter((part) => part !== '').join(' ');
}

function firstOf(cells: Readonly<Record<string, string>>, columns: readonly string[]): string {
  return columns.map((column) => cells[column] ?? '').find((cell) => cell !== '') ?? '';
}

function noColumn(file: string, { columns }: CsvTable): string {
  const has = columns.length === 0 ? 'it is empty' : `it has ${columns.join(', ')}`;
  return `${file}:1: no column that names the student (${ID.slice(0, 4).join(', ')} …); ${has}`;
}
