import type { Source } from '../configuration.ts';

/** What a line comes from; a block's lines have what it says unless they say otherwise. */
export interface Origin {
  /** Annotations and ConfigMap keys that can write the line, by their names without prefix; flags begin with `--`. */
  readonly settings?: readonly string[];
  /** Ingress, and the field in it, without which the line would not be there; whose annotations the settings are. */
  readonly source?: Source | undefined;
  /** A file that the line names. */
  readonly file?: ConfFile;
}

/** A file beside nginx.conf. */
export interface ConfFile {
  /** From the folder of nginx.conf. */
  readonly path: string;
  readonly content: string;
  /** Whether only the owner may read it. */
  readonly isSecret: boolean;
}

/** A line of nginx.conf with what it comes from. */
export interface Line extends Origin {
  readonly text: string;
}

/** `head { … }`. */
export interface Block extends Omit<Origin, 'file'> {
  readonly head: string;
  readonly body: readonly Conf[];
}

/** A line of nginx.conf ('' is an empty one), or a block with lines of its own. */
export type Conf = string | Line | Block;

export function block(head: string, body: readonly Conf[], origin: Omit<Origin, 'file'> = {}): Block {
  return { head, body, ...origin };
}

/** A line as it is printed. */
export interface PrintedLine {
  /** With its indentation. */
  readonly text: string;
  readonly settings: readonly string[];
  readonly source: Source | undefined;
  /** Whether the source is the line's own, and not that of the block around it. */
  readonly isOwn: boolean;
  readonly file: ConfFile | undefined;
}

/** Lines of nginx.conf, four blanks deeper in each block. */
export function printLines(parts: readonly Conf[], depth = 0, around?: Source): PrintedLine[] {
  const indent = '    '.repeat(depth);
  return parts.flatMap((part): PrintedLine[] => {
    if (typeof part === 'string') return [printed(part === '' ? '' : indent + part, {}, around)];
    if ('text' in part) return [printed(indent + part.text, part, around)];
    const source = part.source ?? around;
    return [
      printed(`${indent}${part.head} {`, part, around),
      ...printLines(part.body, depth + 1, source),
      printed(`${indent}}`, {}, source),
    ];
  });
}

function printed(text: string, { settings = [], source, file }: Origin, around: Source | undefined): PrintedLine {
  return { text, settings, source: source ?? around, isOwn: source !== undefined, file };
}

/** The same with settings, for what has none of its own. */
export function withSettings(part: Conf, settings: readonly string[]): Conf {
  if (part === '' || settings.length === 0) return part;
  if (typeof part === 'string') return { text: part, settings };
  const own = part.settings ?? settings;
  if ('text' in part) return { ...part, settings: own };
  return { ...part, settings: own, body: part.body.map((each) => withSettings(each, own)) };
}

/** Text of a line, or of the line that begins a block. */
export function textOf(part: Conf): string {
  if (typeof part === 'string') return part;
  return 'text' in part ? part.text : part.head;
}

/** A value in quotes, as nginx reads it back (ngx_conf_read_token). */
export function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
}

/** A value in quotes whose `$` is no variable: `$literal_dollar` is declared at the top. */
export function quoteLiteral(text: string): string {
  return quote(text).replaceAll('$', '${literal_dollar}');
}

/** Text that may stand behind a `#`. */
export function comment(text: string): string {
  return `# ${text.replaceAll(/[\r\n]+/g, ' ')}`;
}

export function onOff(value: boolean): 'on' | 'off' {
  return value ? 'on' : 'off';
}

/** Milliseconds as nginx writes them: whole seconds, or `1500ms`. */
export function seconds(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** Bytes as nginx writes them: `1m`, `8k`, `15`. */
export function size(bytes: number): string {
  if (bytes > 0 && bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2}m`;
  return bytes > 0 && bytes % 1024 === 0 ? `${bytes / 1024}k` : String(bytes);
}

/** `name, value, name, value` as pairs. */
export function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []));
}
