import { SCALAR_STYLE } from 'js-yaml';
import type { Path } from './document.ts';
import { changeAt, editDocument, firstThatReads } from './edit-document.ts';
import { nodeAt } from './node-at.ts';
import type { Node, ScalarNode } from './node-tree.ts';

/** A value that stands alone: what a key can be set to without changing the layout around it. */
export type Scalar = string | number | boolean | null;

/**
 * Changes one scalar in a file's text and nothing else: comments, quotes, order and indentation stay. `index` counts
 * documents as {@link ManifestDocument.index} does; `path` is counted from the document. An alias is replaced by the
 * value. Undefined when the path does not lead to a scalar, or when the change would show elsewhere too (an anchor).
 */
export function editScalar(text: string, index: number, path: Path, value: Scalar): string | undefined {
  return editDocument(text, index, (document) => {
    const { node, key, isExact } = nodeAt(document.root, path);
    if (!isExact || (node.kind !== 'scalar' && node.kind !== 'alias')) return undefined;
    return firstThatReads(
      candidates(document.text, node, key, value),
      changeAt(document.value, path, () => value),
    );
  });
}

/** The edited text in the ways it could be written, the most faithful first. */
function candidates(text: string, node: Node, key: Node | undefined, value: Scalar): string[] {
  if (node.start < 0) return key === undefined ? [] : insertBehind(text, key, value);
  const replaceBy = (token: string) => text.slice(0, node.start) + token + text.slice(node.end);
  const style = node.kind === 'scalar' ? node.style : SCALAR_STYLE.PLAIN;
  const tokens = plainAndQuoted(value);
  if (node.kind === 'scalar' && (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK)) {
    const lineEnd = /\r?\n$/.exec(text.slice(node.start, node.end))?.[0] ?? '';
    const block = typeof value === 'string' ? rewriteBlock(text, node, value) : undefined;
    return [...(block === undefined ? [] : [block]), ...tokens.map((token) => token + lineEnd)].map(replaceBy);
  }
  if (typeof value === 'string' && style === SCALAR_STYLE.SINGLE_QUOTED)
    tokens.unshift(`'${value.replaceAll("'", "''")}'`);
  if (style === SCALAR_STYLE.DOUBLE_QUOTED) tokens.unshift(JSON.stringify(value));
  return tokens.map(replaceBy);
}

/** A value as it could be written, the plainest first. */
export function plainAndQuoted(value: Scalar): string[] {
  return typeof value === 'string' ? [value, JSON.stringify(value)] : [JSON.stringify(value)];
}

/** `host:` becomes `host: value`. */
function insertBehind(text: string, key: Node, value: Scalar): string[] {
  const at = text.indexOf(':', key.end) + 1;
  return at === 0 ? [] : plainAndQuoted(value).map((token) => `${text.slice(0, at)} ${token}${text.slice(at)}`);
}

/** Writes the lines of a `|` or `>` text anew, as `|`, at the indentation they had. */
function rewriteBlock(text: string, node: ScalarNode, value: string): string | undefined {
  const source = text.slice(node.start, node.end);
  const [, header = '', newline = '\n', content = ''] = /^([^\r\n]*)(\r?\n)([\s\S]*)$/.exec(source) ?? [];
  const indent = /^ +(?=\S)/m.exec(content)?.[0];
  if (indent === undefined || /^\s/.test(value) || value === '') return undefined;
  const chomping = value.endsWith('\n') ? (value.endsWith('\n\n') ? '+' : '') : '-';
  const comment = /\s+#.*$/.exec(header)?.[0] ?? '';
  const lines = value.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '' : indent + line)).join(newline);
  return `|${chomping}${comment}${newline}${body}${newline}`;
}
