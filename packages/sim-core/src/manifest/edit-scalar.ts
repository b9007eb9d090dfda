import { SCALAR_STYLE } from 'js-yaml';
import type { Path } from './document.ts';
import { DEFAULT_LIMITS, isFields } from './document.ts';
import { nodeAt } from './node-at.ts';
import type { Node, ScalarNode } from './node-tree.ts';
import { parseDocument } from './parse-document.ts';
import { splitDocuments } from './split-documents.ts';

/** A value that stands alone: what a key can be set to without changing the layout around it. */
export type Scalar = string | number | boolean | null;

/**
 * Changes one scalar in a file's text and nothing else: comments, quotes, order and indentation stay. `index` counts
 * documents as {@link ManifestDocument.index} does; `path` is counted from the document. An alias is replaced by the
 * value. Undefined when the path does not lead to a scalar, or when the change would show elsewhere too (an anchor).
 */
export function editScalar(text: string, index: number, path: Path, value: Scalar): string | undefined {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const document = splitDocuments(body)[index];
  if (document === undefined) return undefined;
  const edited = editDocument(document.text, path, value);
  if (edited === undefined) return undefined;
  const end = document.offset + document.text.length;
  return mark + body.slice(0, document.offset) + edited + body.slice(end);
}

function editDocument(text: string, path: Path, value: Scalar): string | undefined {
  const parsed = parseDocument(text, DEFAULT_LIMITS);
  const root = 'value' in parsed ? parsed.tree() : undefined;
  if (root === undefined || !('value' in parsed)) return undefined;
  const { node, key, isExact } = nodeAt(root, path);
  if (!isExact || (node.kind !== 'scalar' && node.kind !== 'alias')) return undefined;
  const wanted = JSON.stringify(replaceAt(parsed.value, path, value));
  return candidates(text, node, key, value).find((candidate) => {
    const again = parseDocument(candidate, DEFAULT_LIMITS);
    return 'value' in again && JSON.stringify(again.value) === wanted;
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

function plainAndQuoted(value: Scalar): string[] {
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

function replaceAt(target: unknown, path: Path, value: Scalar): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (Array.isArray(target)) return target.map((item, at) => (at === segment ? replaceAt(item, rest, value) : item));
  if (!isFields(target)) return target;
  return { ...target, [segment]: replaceAt(target[segment], rest, value) };
}
