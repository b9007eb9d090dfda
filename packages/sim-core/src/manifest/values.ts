import type { Manifest, Path } from './document.ts';
import type { Node, ScalarNode } from './node-tree.ts';

/**
 * What a text in a manifest is for. `field`: Kubernetes reads it; `label`: a label or selector, free within its syntax;
 * `annotation`: somebody else reads it; `text`: a program's own words, variables included (`data`, `args`, `env`).
 */
export type ValueContext = 'field' | 'label' | 'annotation' | 'text';

/** A scalar of a manifest, key or value, where it stands and what it is for. */
export interface ManifestValue {
  readonly path: Path;
  readonly text: string;
  readonly node: ScalarNode;
  readonly context: ValueContext;
  /** Is it a key? Then `path` leads to its value. */
  readonly isKey: boolean;
}

const CONTEXTS: Readonly<Record<string, ValueContext>> = Object.freeze({
  annotations: 'annotation',
  labels: 'label',
  matchLabels: 'label',
  nodeSelector: 'label',
  // Kubernetes expands $(VAR) in these, and a shell may see ${VAR}
  args: 'text',
  command: 'text',
  subPathExpr: 'text',
  httpHeaders: 'text',
  value: 'text',
});

const DATA_FIELDS: Readonly<Record<string, ValueContext>> = Object.freeze({
  data: 'text',
  stringData: 'text',
  binaryData: 'text',
});

/** Is it one of Kubernetes' own kinds, whose fields' meaning is known here? */
function isBuiltIn({ apiVersion, kind }: Manifest): boolean {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return kind !== 'CustomResourceDefinition' && (!group.includes('.') || group.endsWith('.k8s.io'));
}

/** All scalars that are written in the manifest, in order. Those behind an alias come once, where they are written. */
export function* manifestValues(root: Node, manifest: Manifest): Generator<ManifestValue> {
  const isData = manifest.kind === 'ConfigMap' || manifest.kind === 'Secret';
  yield* walk(root, [], isBuiltIn(manifest) ? 'field' : 'text', (path, key) => {
    if (path.length === 0 && isData && Object.hasOwn(DATA_FIELDS, key)) return DATA_FIELDS[key];
    return Object.hasOwn(CONTEXTS, key) ? CONTEXTS[key] : undefined;
  });
}

type ContextOf = (path: Path, key: string) => ValueContext | undefined;

function* walk(node: Node, path: Path, context: ValueContext, contextOf: ContextOf): Generator<ManifestValue> {
  if (node.kind === 'scalar' && node.start >= 0) yield { path, text: node.text(), node, context, isKey: false };
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) yield* walk(item, [...path, index], context, contextOf);
  }
  if (node.kind !== 'mapping') return;
  for (const { key, value } of node.entries) {
    const name = key.kind === 'scalar' ? key.text() : '';
    if (key.kind === 'scalar') yield { path: [...path, name], text: name, node: key, context, isKey: true };
    const inner = context === 'field' ? (contextOf(path, name) ?? context) : context;
    yield* walk(value, [...path, name], inner, contextOf);
  }
}
