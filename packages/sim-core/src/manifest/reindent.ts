import type { CodeLine } from './code-lines.ts';
import type { Shape } from './field-shapes.ts';
import { isListShape, isObjectShape, KIND_SHAPES } from './field-shapes.ts';

/** A line that stands beside the key it belongs under. */
export interface Misplaced {
  readonly line: CodeLine;
  readonly parent: string;
}

export interface Reindented {
  /** The first line at the wrong level. */
  readonly misplaced?: Misplaced;
  /** The whole document with its nesting restored; only where every line has exactly one place. */
  readonly corrected?: string;
}

/** A mapping or list that lines may still be added to. */
interface Frame {
  readonly shape: Shape;
  /** The key that holds it; '' for the document and for list entries. */
  readonly name: string;
  /** The column of its entries in the corrected text. */
  readonly column: number;
  /** The column of the key that holds it, as the text has it. */
  readonly keyIndent: number;
  /** The column of its entries as the text has them, once there is one. */
  indent?: number;
  readonly keys: Set<string>;
}

interface Entry {
  readonly line: CodeLine;
  readonly isItem: boolean;
  readonly key?: string;
  readonly value: string;
  /** The column of the key itself: behind the dash, if there is one. */
  readonly indent: number;
}

/** Puts each line under the open key that knows it. Kinds that are not known here stay as they are. */
export function reindent(text: string, lines: readonly CodeLine[]): Reindented {
  const kind = lines.map(({ code }) => /^kind:\s*["']?(\w+)/.exec(code)?.[1]).find((name) => name !== undefined);
  const root = kind !== undefined && Object.hasOwn(KIND_SHAPES, kind) ? KIND_SHAPES[kind] : undefined;
  if (root === undefined) return {};
  const stack: Frame[] = [{ shape: root, name: '', column: 0, keyIndent: -1, indent: 0, keys: new Set() }];
  const columns = new Map<number, number>();
  let misplaced: Misplaced | undefined;
  let isCertain = !/[|>][-+\d]{0,2}[ \t]*$/m.test(text);
  for (const line of lines) {
    const entry = readEntry(line);
    const places = findPlaces(stack, entry, misplaced === undefined);
    const [place] = places;
    if (place === undefined) return misplaced === undefined ? {} : { misplaced };
    if (places.length > 1) isCertain = false;
    if (isMisplaced(place, entry)) misplaced ??= { line, parent: place.name };
    stack.length = stack.indexOf(place) + 1;
    columns.set(line.number, place.column);
    addEntry(stack, place, entry);
  }
  if (misplaced === undefined) return {};
  return isCertain ? { misplaced, corrected: rewrite(text, lines, columns) } : { misplaced };
}

function readEntry(line: CodeLine): Entry {
  const dash = /^-\s+/.exec(line.code)?.[0] ?? (line.code === '-' ? '-' : '');
  const rest = line.code.slice(dash.length);
  const pair = /^(?:"([^"]*)"\s*|'([^']*)'\s*|([^\s"'[{&*!|>%@`#:-][^:]*)):(?:\s+(.*))?$/.exec(rest);
  const key = pair?.[1] ?? pair?.[2] ?? pair?.[3]?.trimEnd();
  const indent = line.indent + dash.length;
  if (key === undefined) return { line, isItem: dash !== '', value: rest, indent };
  return { line, isItem: dash !== '', key, value: pair?.[4] ?? '', indent };
}

/**
 * The open frames that can take the entry, the innermost first. The indentation decides as long as nothing was at the
 * wrong level; after that, a key without a value takes the line below it.
 */
function findPlaces(stack: readonly Frame[], entry: Entry, isIndentationTrusted: boolean): Frame[] {
  const able = stack.filter((frame) => accepts(frame, entry)).reverse();
  const deeper = able.find((frame) => frame.indent === undefined && frame.keyIndent < entry.line.indent);
  if (deeper !== undefined) return [deeper];
  const aligned = able.filter((frame) => frame.indent === entry.line.indent);
  if (isIndentationTrusted && aligned.length > 0) return aligned;
  const innermost = stack.at(-1);
  if (innermost?.indent === undefined && able[0] === innermost) return able.slice(0, 1);
  return aligned.length > 0 ? aligned : able;
}

function accepts(frame: Frame, entry: Entry): boolean {
  const { shape } = frame;
  if (isListShape(shape)) return entry.isItem && fits(shape.items, entry);
  return !entry.isItem && entry.key !== undefined && !frame.keys.has(entry.key) && fits(shape, entry);
}

/** May the entry's key stand in an object of this shape (or, without a key, may it be a value of it)? */
function fits(shape: Shape, { key, value }: Entry): boolean {
  if (key === undefined) return shape === 'value' || shape === 'any';
  if (shape === 'texts') return value !== '';
  if (shape === 'any') return true;
  if (!isObjectShape(shape) || !Object.hasOwn(shape.fields, key)) return false;
  const field = shape.fields[key];
  return field === 'value' || field === 'any' || value === '' || /^[[{&*]/.test(value);
}

/** The first entry of a frame must stand deeper than its key; a list's dash may stand below it. */
function isMisplaced(place: Frame, { line, isItem }: Entry): boolean {
  if (place.indent !== undefined) return false;
  return isItem ? line.indent < place.keyIndent : line.indent <= place.keyIndent;
}

function addEntry(stack: Frame[], place: Frame, entry: Entry): void {
  place.indent ??= entry.line.indent;
  const item = isListShape(place.shape) ? pushItem(stack, place, place.shape.items, entry) : place;
  if (entry.key === undefined) return;
  item.keys.add(entry.key);
  const shape = isObjectShape(item.shape) ? item.shape.fields[entry.key] : item.shape === 'any' ? 'any' : undefined;
  if (entry.value !== '' || shape === undefined || shape === 'value') return;
  const column = item.column + 2;
  stack.push({ shape, name: entry.key, column, keyIndent: entry.indent, keys: new Set() });
}

function pushItem(stack: Frame[], place: Frame, shape: Shape, { indent, line }: Entry): Frame {
  const keyIndent = line.indent;
  const frame: Frame = { shape, name: place.name, column: place.column + 2, keyIndent, indent, keys: new Set() };
  stack.push(frame);
  return frame;
}

/** Comments move with the line below them; at the end they stay under the last line. */
function rewrite(text: string, lines: readonly CodeLine[], columns: ReadonlyMap<number, number>): string {
  const last = lines.at(-1);
  let column = (columns.get(last?.number ?? 0) ?? 0) + (last?.code.endsWith(':') ? 2 : 0);
  const raws = text.trimEnd().split(/\r\n|\r|\n/);
  for (let number = raws.length; number > 0; number--) {
    const raw = raws[number - 1]?.trim() ?? '';
    column = columns.get(number) ?? column;
    raws[number - 1] = raw === '' ? '' : ' '.repeat(column) + raw;
  }
  return `${raws.join('\n').trim()}\n`;
}
