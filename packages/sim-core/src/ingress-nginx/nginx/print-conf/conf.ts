/** A line of nginx.conf, or a block with lines of its own. */
export type Conf = string | Block;

/** `head { … }`. */
export interface Block {
  readonly head: string;
  readonly body: readonly Conf[];
}

export function block(head: string, body: readonly Conf[]): Block {
  return { head, body };
}

/** Lines of nginx.conf, four blanks deeper in each block; '' makes an empty line. */
export function printLines(parts: readonly Conf[], depth = 0): string[] {
  const indent = '    '.repeat(depth);
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [part === '' ? '' : indent + part];
    return [`${indent}${part.head} {`, ...printLines(part.body, depth + 1), `${indent}}`];
  });
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
