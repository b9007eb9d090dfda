import { type ObjectKey, objectKey } from '../state/object-key.ts';

/** One document of a manifest, with the lines that it stands on; lines count from 1. */
export interface ManifestDocument {
  readonly from: number;
  readonly to: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly key: ObjectKey;
}

const TOP_FIELD = /^(apiVersion|kind|metadata):\s*(\S.*)?$/;
const META_FIELD = /^\s+(name|namespace):\s*(\S.*)?$/;

/**
 * The documents of a text, by what stands at the left edge. It is no YAML parser: the text is one that somebody is
 * typing, and a document that cannot be told yet has an empty kind.
 */
export function documentsOf(text: string): ManifestDocument[] {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, i) => (/^---(\s|$)/.test(line) ? [i + 1] : []));
  return [0, ...starts].map((from, i) => documentIn(lines, from, (starts[i] ?? lines.length + 1) - 1));
}

function documentIn(lines: readonly string[], from: number, to: number): ManifestDocument {
  const fields: Record<string, string> = {};
  let section = '';
  let indent = 0;
  for (const line of lines.slice(from, to)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const depth = line.search(/\S/);
    const [, top = '', value] = (depth === 0 && TOP_FIELD.exec(line)) || [];
    if (depth === 0) [section, indent] = [top, 0];
    else indent ||= depth;
    if (top !== '') fields[top] = scalar(value);
    const [, name, text] = (section === 'metadata' && depth === indent && META_FIELD.exec(line)) || [];
    if (name) fields[name] = scalar(text);
  }
  const { apiVersion = '', kind = '', name = '', namespace = 'default' } = { ...inline(fields['metadata']), ...fields };
  return { from: from + 1, to: Math.max(to, from + 1), apiVersion, kind, key: objectKey(kind, namespace, name) };
}

/** `metadata: { name: web, namespace: shop }` */
function inline(metadata = ''): Record<string, string> {
  return Object.fromEntries(
    [...metadata.matchAll(/\b(name|namespace):\s*([^,{}\s]+)/g)].map(([, k = '', v]) => [k, scalar(v)]),
  );
}

function scalar(text = ''): string {
  return text
    .replace(/\s+#.*$/, '')
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
}

/** The document that a line stands in. */
export function documentAt(documents: readonly ManifestDocument[], line: number): ManifestDocument | undefined {
  return documents.find(({ from, to }) => line >= from && line <= to);
}

/** Objects that a line speaks of: its document's, and the Service that a backend names. */
export function objectsAt(text: string, documents: readonly ManifestDocument[], line: number): ObjectKey[] {
  const document = documentAt(documents, line);
  if (!document?.kind) return [];
  const service = document.kind === 'Ingress' ? serviceAt(text.split(/\r?\n/), line) : undefined;
  const [, namespace = ''] = document.key.split('/');
  return [document.key, ...(service ? [objectKey('Service', namespace, service)] : [])];
}

/** Name of the Service whose block a line stands in. */
function serviceAt(lines: readonly string[], line: number): string | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const block = /^(\s*)(?:- )?service:\s*$/.exec(lines[at] ?? '');
    if (!block) {
      if (/^\S/.test(lines[at] ?? '')) return undefined;
      continue;
    }
    const indent = block[1]?.length ?? 0;
    const body = lines.slice(at + 1).findIndex((each) => each.trim() !== '' && each.search(/\S/) <= indent);
    const end = body < 0 ? lines.length : at + 1 + body;
    if (line > end) return undefined;
    const name = lines.slice(at + 1, end).map((each) => /^\s*name:\s*(\S+)/.exec(each)?.[1]);
    return name.find((each) => each !== undefined)?.replace(/^(["'])(.*)\1$/, '$2');
  }
  return undefined;
}
